-- Rule 24: one form for Home Office codes: 4.3, 4/3 and 04/3 are 4/3, 8n and 8 N are 8N. What is no code keeps its words apart.
create macro canonical_code(raw_text, system_name) as
    case
        when system_name <> 'ho' then upper(clean_text(raw_text))
        when regexp_full_match(clean_text(raw_text), '0*[0-9]+[A-Za-z]?')
            then upper(regexp_replace(clean_text(raw_text), '^0+([0-9])', '\1'))
        when regexp_full_match(clean_text(raw_text), '0*[0-9]+ ?[./] ?0*[0-9]+[A-Za-z]?')
            then upper(regexp_replace(
                clean_text(raw_text), '^0*([0-9]+) ?[./] ?0*([0-9]+)', '\1/\2'
            ))
        when regexp_full_match(
            replace(clean_text(raw_text), ' ', ''), '[0-9A-Za-z]{1,4}([./+,][0-9A-Za-z]{1,4})*'
        )
            then upper(replace(clean_text(raw_text), ' ', ''))
        else upper(regexp_replace(clean_text(raw_text), '\s+', ' ', 'g'))
    end;
