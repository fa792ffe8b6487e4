-- A line that cannot be read goes to quarantine without its text where it names somebody forgotten.
update staged_unread
set row_text = ''
where list_has_any(
    words_of(staged_unread.row_text),
    (select coalesce(list(suppressed_reference.reference), []) from suppressed_reference)
);
