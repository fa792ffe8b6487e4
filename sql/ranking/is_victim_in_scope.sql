-- Rule 30: female victims in the scopes of violence against women and girls, all victims otherwise.
create macro is_victim_in_scope(scope_name, victim_sex, victim_kind) as
    victim_kind <> 'society'
    and (scope_name not in ('vawg', 'vawg-stat') or coalesce(victim_sex = 'F', false));
comment on macro is_victim_in_scope is 'True where a victim counts under a scope: women and girls in the VAWG scopes, all but society otherwise (rule 30).';
