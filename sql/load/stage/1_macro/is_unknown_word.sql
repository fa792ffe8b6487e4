-- True for the words that say a value is not known: they are blank, not wrong.
create macro is_unknown_word(raw_text) as
    upper(clean_text(raw_text)) in ('U', 'UNK', 'UNKNOWN', 'NOT KNOWN', 'NOT RECORDED', 'N/A');
