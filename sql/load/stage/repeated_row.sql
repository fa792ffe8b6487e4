-- One row per row that can be taken of a crime that has several; the first of them stands for the crime.
create view repeated_row as
select staged_row.*, repeated_crime.crime_row, repeated_crime.said_row,
from staged_row
inner join repeated_crime using (crime_id)
anti join staged_refusal using (file_number, row_in_file);
