-- One row per crime that has a single row, which stands for it.
create view single_row as
select staged_row.*, staged_row.row_key as crime_row,
from staged_row
anti join repeated_crime using (crime_id)
where staged_row.crime_id is not null;
