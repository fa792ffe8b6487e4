-- Text without the white space around it and the signs nobody sees in it, in one composed form; null where nothing is left.
-- An apostrophe that keeps a spreadsheet from running the text as a formula, as this program writes one, is no part of it.
create macro clean_text(raw_text) as
    case
        -- Nearly all text is of ASCII, and begins and ends with a printed letter of it: the rest costs far more than this look.
        when
            strlen(raw_text) = length(raw_text)
            and unicode(raw_text) between 33 and 126
            and unicode(raw_text) <> 39
            and unicode(right(raw_text, 1)) between 33 and 126
            then raw_text
        else nullif(
            regexp_replace(
                regexp_replace(
                    regexp_replace(
                        nfc_normalize(raw_text),
                        '[\x{00AD}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{206F}\x{FEFF}]', '', 'g'
                    ),
                    '^[\s\p{Z}]+|[\s\p{Z}]+$', '', 'g'
                ),
                '^''([=+@\-\x{2212}\x{FE62}\x{FE63}\x{FE66}\x{FE6B}\x{FF0B}\x{FF0D}\x{FF1D}\x{FF20}])', '\1'
            ),
            ''
        )
    end;
