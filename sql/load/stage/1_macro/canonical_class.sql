-- Rule 24: one form for Home Office classes: 8/6, 008.06, 8 / 6 and 8.6 are 008/06. What is no class keeps its words apart.
create macro canonical_class(raw_text) as
    case
        when regexp_full_match(clean_text(raw_text), '[0-9]{1,3} ?[./] ?[0-9]{1,2}')
            then concat(
                lpad(regexp_extract(clean_text(raw_text), '^[0-9]+'), 3, '0'),
                '/',
                lpad(regexp_extract(clean_text(raw_text), '[0-9]+$'), 2, '0')
            )
        else upper(regexp_replace(clean_text(raw_text), '\s+', ' ', 'g'))
    end;
