-- One of the words a column takes, whatever case, hyphens or spaces it was written with; else null.
create macro known_word(raw_text, words) as
    case
        when list_contains(words, raw_text) then raw_text
        when
            list_contains(
                words,
                regexp_replace(lower(clean_text(raw_text)), '[ -]+', '_', 'g')
            )
            then regexp_replace(lower(clean_text(raw_text)), '[ -]+', '_', 'g')
    end;
