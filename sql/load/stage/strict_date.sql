-- Rule 8: a date in a form that cannot be misread; else null. Day-first is fixed and never guessed.
create macro strict_date(raw_text) as
    case
        -- The usual form first: the others cost more to tell apart.
        when raw_text is null then null
        when regexp_full_match(raw_text, '\d{4}-\d{2}-\d{2}') then try_cast(raw_text as date)
        when regexp_full_match(
            clean_text(raw_text),
            '\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)?)?'
        )
            then try_cast(left(clean_text(raw_text), 10) as date)
        when regexp_full_match(
            clean_text(raw_text),
            '\d{1,2}/\d{1,2}/\d{4}( \d{1,2}:\d{2}(:\d{2})?)?'
        )
            then try_strptime(split_part(clean_text(raw_text), ' ', 1), '%d/%m/%Y')::date
        when regexp_full_match(
            clean_text(raw_text),
            '\d{1,2}[.-]\d{1,2}[.-]\d{4}'
        )
            then try_strptime(replace(clean_text(raw_text), '.', '-'), '%d-%m-%Y')::date
        when regexp_full_match(clean_text(raw_text), '\d{1,2}-[A-Za-z]{3}-\d{2}')
            then try_strptime(clean_text(raw_text), '%d-%b-%y')::date
        when regexp_full_match(clean_text(raw_text), '\d{1,2}-[A-Za-z]{3}-\d{4}')
            then try_strptime(clean_text(raw_text), '%d-%b-%Y')::date
        -- The day numbers of a spreadsheet, from 1954 to 2064.
        when regexp_full_match(clean_text(raw_text), '[2-5]\d{4}(\.\d+)?')
            then date '1899-12-30' + split_part(clean_text(raw_text), '.', 1)::integer
    end;
