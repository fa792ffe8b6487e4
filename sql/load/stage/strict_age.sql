-- An age in whole years from 0 to 120; else null.
create macro strict_age(raw_text) as
    case
        when
            regexp_full_match(clean_text(raw_text), '\d{1,3}')
            and try_cast(clean_text(raw_text) as integer) <= 120
            then try_cast(clean_text(raw_text) as utinyint)
    end;
