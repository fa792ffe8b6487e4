-- Year of birth from a year, a year and month, or a date, up to the year of the extract; else null.
create macro strict_birth_year(raw_text) as
    -- Read once, in a list of one: a term that stands twice is planned and worked out twice.
    list_extract(
        list_transform(
            [
                struct_pack(
                    -- A program that keeps numbers as fractions writes 1926.0.
                    written := regexp_replace(clean_text(raw_text), '^(\d{4})\.0+$', '\1'),
                    day := strict_date(raw_text)
                )
            ],
            lambda birth: case
                when
                    regexp_full_match(birth.written, '\d{4}(-(0[1-9]|1[0-2]))?')
                    and try_cast(left(birth.written, 4) as integer)
                        between 1880 and year(getvariable('latest_on')::date)
                    then try_cast(left(birth.written, 4) as smallint)
                -- Of two digits: nobody is born after the extract.
                when
                    regexp_full_match(birth.written, '\d{1,2}-[A-Za-z]{3}-\d{2}')
                    and birth.day > getvariable('latest_on')::date
                    then (year(birth.day) - 100)::smallint
                when year(birth.day) >= 1880 and birth.day <= getvariable('latest_on')::date
                    then year(birth.day)::smallint
            end
        ),
        1
    );
