-- Month of birth from a year and month or a date; else null.
create macro strict_birth_month(raw_text) as
    case
        when regexp_full_match(clean_text(raw_text), '\d{4}') then null
        when
            regexp_full_match(clean_text(raw_text), '\d{4}-\d{2}')
            and strict_birth_year(raw_text) is not null
            and try_cast(right(clean_text(raw_text), 2) as integer) between 1 and 12
            then try_cast(right(clean_text(raw_text), 2) as utinyint)
        when strict_birth_year(raw_text) is not null
            then month(strict_date(raw_text))::utinyint
    end;
