-- Rule 15: all, or only those named by victims and witnesses; unknown counts as public.
create macro is_named_as_asked(naming_rule, name_giver) as
    case naming_rule
        when 'all' then true
        when 'public' then coalesce(name_giver in ('victim', 'witness'), true)
        else error(concat('harmrank: no naming rule ', naming_rule, '; all, public'))
    end;
comment on macro is_named_as_asked is 'True where the suspect was named by someone the rule takes: all or public (rule 15).';
