-- F, M or X; null where unknown or not understood.
create macro strict_sex(raw_text) as
    case
        when raw_text in ('F', 'M', 'X') then raw_text
        -- Looked up once: a term that stands twice is worked out for every row, whatever the branch.
        else list_extract(
            ['F', 'F', 'M', 'M', 'X', 'X', 'X', 'X'],
            list_position(
                ['F', 'FEMALE', 'M', 'MALE', 'X', 'OTHER', 'NON-BINARY', 'INDETERMINATE'],
                upper(clean_text(raw_text))
            )
        )
    end;
