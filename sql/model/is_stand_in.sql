-- Rule 19: references that sources use where nobody is known: a word of stand_in_word, such words together, nothing but signs,
-- one sign over and over, or a number that a spreadsheet has rounded. Most references have three digits in a row, or begin with no such word: no more is asked of them.
create macro is_stand_in(reference) as
    case
        when regexp_matches(reference, '[0-9]{3}')
            then regexp_full_match(reference, '0+|9{4,}') or is_rounded(reference)
        when is_rounded(reference) then true
        when regexp_full_match(stand_in_form(reference), '|0+|X+( X+)*') then true
        when
            -- The first word of a few alone: it is looked up for all.
            case
                when not regexp_matches(reference, '[0-9]{3}') then split_part(stand_in_form(reference), ' ', 1)
            end in (
                select split_part(stand_in_word.word, ' ', 1) from stand_in_word
            )
            then regexp_full_match(stand_in_form(reference), stand_in_pattern())
        else false
    end;
comment on macro is_stand_in is 'True for a reference that sources use where nobody is known (rule 19).';
