-- One row per row that can be taken of a crime that has several.
create view repeated_row as
select staged_row.*,
from staged_row
semi join repeated_crime using (crime_id)
anti join staged_refusal using (file_number, row_in_file);
