-- A status as it is compared with status_word: small letters, its parts joined by underscores.
create macro status_form(raw_text) as
    trim(regexp_replace(lower(clean_text(raw_text)), '[^\p{L}\p{N}]+', '_', 'g'), '_');
