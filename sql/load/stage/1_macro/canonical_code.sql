-- Rule 24: one form for Home Office codes: 4.3, 4/3 and 04/3 are 4/3, 8n is 8N.
create macro canonical_code(raw_text, system_name) as
    case
        when system_name <> 'ho' then upper(clean_text(raw_text))
        when regexp_full_match(clean_text(raw_text), '0*[0-9]+[A-Za-z]?')
            then upper(regexp_replace(clean_text(raw_text), '^0+([0-9])', '\1'))
        when regexp_full_match(clean_text(raw_text), '0*[0-9]+ ?[./] ?0*[0-9]+[A-Za-z]?')
            then upper(regexp_replace(
                clean_text(raw_text), '^0*([0-9]+) ?[./] ?0*([0-9]+)', '\1/\2'
            ))
        else upper(replace(clean_text(raw_text), ' ', ''))
    end;
