-- F, M or X; null where unknown or not understood.
create macro strict_sex(raw_text) as
    case
        when raw_text in ('F', 'M', 'X') then raw_text
        when upper(clean_text(raw_text)) in ('F', 'FEMALE') then 'F'
        when upper(clean_text(raw_text)) in ('M', 'MALE') then 'M'
        when upper(clean_text(raw_text)) in ('X', 'OTHER', 'NON-BINARY', 'INDETERMINATE') then 'X'
    end;
