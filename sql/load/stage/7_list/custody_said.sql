-- One row per row of the files that says who was in custody, and can be taken.
create view custody_said as
select
    clean_text(custody_row.person_id) as person_id,
    strict_date(custody_row.from_on) as from_on,
    strict_date(custody_row.to_on) as to_on,
from custody_row
anti join staged_list_refusal using (file_number, row_in_file);
