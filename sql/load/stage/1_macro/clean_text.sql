-- Text without the white space around it, no-break spaces included; null where nothing is left.
create macro clean_text(raw_text) as
    case
        -- Nearly all text begins and ends with a printed letter of ASCII: trimming it costs three times this look.
        when
            unicode(raw_text) between 33 and 126
            and unicode(right(raw_text, 1)) between 33 and 126
            then raw_text
        else nullif(trim(raw_text, concat(' ', chr(9), chr(10), chr(13), chr(160))), '')
    end;
