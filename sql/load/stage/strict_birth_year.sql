-- Year of birth from a year, a year and month, or a date, up to the year of the extract; else null.
create macro strict_birth_year(raw_text) as
    case
        when
            regexp_full_match(clean_text(raw_text), '\d{4}(-(0[1-9]|1[0-2]))?')
            and try_cast(left(clean_text(raw_text), 4) as integer)
                between 1880 and year(getvariable('latest_on')::date)
            then try_cast(left(clean_text(raw_text), 4) as smallint)
        -- Of two digits: nobody is born after the extract.
        when
            regexp_full_match(clean_text(raw_text), '\d{1,2}-[A-Za-z]{3}-\d{2}')
            and strict_date(raw_text) > getvariable('latest_on')::date
            then (year(strict_date(raw_text)) - 100)::smallint
        when
            year(strict_date(raw_text)) >= 1880
            and strict_date(raw_text) <= getvariable('latest_on')::date
            then year(strict_date(raw_text))::smallint
    end;
