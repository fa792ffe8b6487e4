-- Yes or no in the ways people write it; else null.
create macro strict_boolean(raw_text) as
    case
        when raw_text in ('true', 'yes', '1') then true
        when raw_text in ('false', 'no', '0') then false
        -- Looked up once: a term that stands twice is worked out for every row, whatever the branch.
        else nullif(
            list_position(
                ['false', 'f', 'no', 'n', '0', 'true', 't', 'yes', 'y', '1'],
                regexp_replace(lower(clean_text(raw_text)), '^([01])\.0+$', '\1')
            ),
            0
        ) > 5
    end;
