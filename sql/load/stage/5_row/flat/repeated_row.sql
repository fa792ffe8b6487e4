-- One row per row of a crime that has several.
create view repeated_row as
select
    staged_row.*,
    repeated_crime.crime_row,
    repeated_crime.suspect_rows,
    repeated_crime.victim_rows,
from staged_row
inner join repeated_crime using (crime_id);
