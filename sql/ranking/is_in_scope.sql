-- Rule 12: which offences and victims a scope takes in. The exclusions win over the flag.
create macro is_in_scope(
    scope_name, code_is_vawg, code_is_excluded, code_is_sexual, crime_is_domestic, women_and_girls
) as
    case scope_name
        when 'vawg'
            then women_and_girls > 0 and (code_is_vawg or crime_is_domestic) and not code_is_excluded
        when 'vawg-stat' then women_and_girls > 0 and code_is_vawg and not code_is_excluded
        when 'domestic' then crime_is_domestic
        when 'sexual' then code_is_sexual
        when 'all' then true
        else error(concat('harmrank: no scope ', scope_name, '; vawg, vawg-stat, domestic, sexual, all'))
    end;
comment on macro is_in_scope is 'True where a crime is in a scope: vawg, vawg-stat, domestic, sexual or all (rule 12).';
