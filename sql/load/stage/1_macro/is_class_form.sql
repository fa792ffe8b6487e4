-- True for a Home Office class where a code was expected: sources mix the two.
create macro is_class_form(raw_text) as
    regexp_full_match(clean_text(raw_text), '[0-9]{3}/[0-9]{2}');
