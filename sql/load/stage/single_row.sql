-- One row per crime that has a single row, which can be taken; that row stands for the crime.
create view single_row as
select staged_row.*, staged_row.rowid as crime_row,
from staged_row
anti join staged_refusal using (file_number, row_in_file)
anti join repeated_crime using (crime_id)
where staged_row.crime_id is not null;
