-- One row per row that can be taken of a crime that has several; the first of them stands for the crime.
create view repeated_row as
select
    staged_row.* replace (coalesce(staged_row.reported_on, repeated_crime.reported_on) as reported_on),
    repeated_crime.crime_row,
    repeated_crime.said_row,
    repeated_crime.suspect_rows,
    repeated_crime.victim_rows,
from staged_row
inner join repeated_crime using (crime_id)
anti join staged_refusal using (file_number, row_in_file);
