-- Yes or no in the ways people write it; else null.
create macro strict_boolean(raw_text) as
    case
        when raw_text in ('true', 'yes', '1') then true
        when raw_text in ('false', 'no', '0') then false
        when lower(clean_text(raw_text)) in ('true', 't', 'yes', 'y', '1') then true
        when lower(clean_text(raw_text)) in ('false', 'f', 'no', 'n', '0') then false
    end;
