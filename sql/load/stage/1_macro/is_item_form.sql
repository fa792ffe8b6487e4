-- True for the urn of a CCHI item where a code was expected.
create macro is_item_form(raw_text) as
    regexp_full_match(upper(clean_text(raw_text)), '[0-9A-Z]+(\.[0-9]+){3,4}A?');
