-- One row per row of the files that says who is left out by a decision, and can be taken.
create view exclusion_said as
select
    clean_text(exclusion_row.person_id) as person_id,
    strict_date(exclusion_row.from_on) as from_on,
    strict_date(exclusion_row.review_on) as review_on,
    clean_text(exclusion_row.decided_by) as decided_by,
    clean_text(exclusion_row.reason) as reason,
from exclusion_row
anti join staged_list_refusal using (file_number, row_in_file);
