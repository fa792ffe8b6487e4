-- One of the words a column takes, whatever case, hyphens or spaces it was written with; else null.
create macro known_word(raw_text, words) as
    case
        when list_contains(words, raw_text) then raw_text
        -- Looked up once: a term that stands twice is worked out for every row, whatever the branch.
        else list_extract(
            words,
            list_position(words, regexp_replace(lower(clean_text(raw_text)), '[ -]+', '_', 'g'))
        )
    end;
