-- Year of birth from a year, a year and month, or a date; else null.
create macro strict_birth_year(raw_text) as
    case
        when
            regexp_full_match(clean_text(raw_text), '\d{4}(-\d{2})?')
            and try_cast(left(clean_text(raw_text), 4) as integer) between 1880 and 2100
            then try_cast(left(clean_text(raw_text), 4) as smallint)
        when year(strict_date(raw_text)) between 1880 and 2100
            then year(strict_date(raw_text))::smallint
    end;
