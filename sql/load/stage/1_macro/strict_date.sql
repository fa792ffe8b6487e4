-- Rule 8: a date in a form that cannot be misread; else null. Day-first is fixed and never guessed.
create macro strict_date(raw_text) as
    case
        -- The usual form first: the others cost more to tell apart.
        when raw_text is null then null
        when regexp_full_match(raw_text, '\d{4}-\d{2}-\d{2}') then try_cast(raw_text as date)
        -- Cleaned once, in a list of one: a term that stands often is planned as often.
        else list_extract(
            list_transform(
                [clean_text(raw_text)],
                lambda written: case
                    when regexp_full_match(
                        written,
                        '\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?'
                    )
                        then try_cast(left(written, 10) as date)
                    -- An instant with its zone: the day in London, wherever the machine stands.
                    when regexp_full_match(
                        written,
                        '\d{4}-\d{2}-\d{2}[ T][0-2]\d:[0-5]\d(:\d{2}(\.\d+)?)? ?(Z|UTC|GMT|[+-]\d{2}(:?\d{2})?)'
                    )
                        then london_day(
                            try_cast(left(written, 10) as date),
                            written[12:13]::integer * 60 + written[15:16]::integer
                            - coalesce(
                                (
                                    60 * try_cast(
                                        regexp_extract(written, '.{16}.*[+-](\d{2}):?(\d{2})?$', 1) as integer
                                    )
                                    + coalesce(
                                        try_cast(
                                            regexp_extract(written, '.{16}.*[+-](\d{2}):?(\d{2})?$', 2) as integer
                                        ),
                                        0
                                    )
                                ) * case when contains(written[17:], '-') then -1 else 1 end,
                                0
                            )
                        )
                    when regexp_full_match(written, '\d{1,2}/\d{1,2}/\d{4}( \d{1,2}:\d{2}(:\d{2})?)?')
                        then try_strptime(split_part(written, ' ', 1), '%d/%m/%Y')::date
                    when regexp_full_match(written, '\d{1,2}[.-]\d{1,2}[.-]\d{4}')
                        then try_strptime(replace(written, '.', '-'), '%d-%m-%Y')::date
                    when regexp_full_match(written, '\d{1,2}-[A-Za-z]{3}-\d{2}')
                        then try_strptime(written, '%d-%b-%y')::date
                    when regexp_full_match(written, '\d{1,2}-[A-Za-z]{3}-\d{4}')
                        then try_strptime(written, '%d-%b-%Y')::date
                    -- The day numbers of a spreadsheet, from 1954 to 2064.
                    when regexp_full_match(written, '[2-5]\d{4}(\.\d+)?')
                        then date '1899-12-30' + split_part(written, '.', 1)::integer
                end
            ),
            1
        )
    end;
