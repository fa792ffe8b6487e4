-- One row per row of the files that says what was done about somebody, and can be taken.
create view action_said as
select
    clean_text(action_row.person_id) as person_id,
    strict_date(action_row.acted_on) as acted_on,
    known_word(
        action_row.kind, ['arrest', 'charge', 'conviction', 'custody', 'safeguarding', 'removed']
    ) as kind,
    clean_text(action_row.reason) as reason,
from action_row
anti join staged_list_refusal using (file_number, row_in_file);
