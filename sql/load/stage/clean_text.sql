-- Text without the white space around it, no-break spaces included; null where nothing is left.
create macro clean_text(raw_text) as
    nullif(trim(raw_text, concat(' ', chr(9), chr(10), chr(13), chr(160))), '');
