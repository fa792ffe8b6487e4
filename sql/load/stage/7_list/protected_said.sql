-- One row per row of the files that says a protected characteristic of a person, and can be taken.
create view protected_said as
select
    clean_text(protected_row.person_id) as person_id,
    clean_text(protected_row.ethnicity) as ethnicity,
    clean_text(protected_row.ethnicity_observed) as ethnicity_observed,
    clean_text(protected_row.religion) as religion,
    clean_text(protected_row.disability) as disability,
from protected_row
anti join staged_list_refusal using (file_number, row_in_file);
