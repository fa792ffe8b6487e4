-- One row per text in the files that is, or may be, the reference of a person.
create view named_reference as
select distinct named.reference,
from (
    select clean_text(staged_said.suspect_id) as reference,
    from staged_said
    union all
    select clean_text(staged_said.victim_id),
    from staged_said
    union all
    select unnest(words_of(staged_said.carried)),
    from staged_said
    where staged_said.carried is not null
    union all
    select listed_reference.reference,
    from listed_reference
    union all
    select unnest(words_of(staged_unread.row_text)),
    from staged_unread
) as named
where named.reference <> '';
