-- Month of birth from a year and month or a date; else null.
create macro strict_birth_month(raw_text) as
    -- Read once, in a list of one: a term that stands twice is planned and worked out twice.
    list_extract(
        list_transform(
            [
                struct_pack(
                    written := clean_text(raw_text),
                    day := strict_date(raw_text),
                    is_known := strict_birth_year(raw_text) is not null
                )
            ],
            lambda birth: case
                when not birth.is_known or regexp_full_match(birth.written, '\d{4}(\.0+)?') then null
                when regexp_full_match(birth.written, '\d{4}-\d{2}')
                    then case
                        when try_cast(right(birth.written, 2) as integer) between 1 and 12
                            then try_cast(right(birth.written, 2) as utinyint)
                    end
                else month(birth.day)::utinyint
            end
        ),
        1
    );
