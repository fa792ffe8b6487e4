-- One row per crime in the files, with the first row that speaks of it, which stands for it, and how many rows of a table
-- of crimes do.
create table crime_number as
select
    row_of_crime.crime_id,
    min(row_of_crime.row_key) as crime_row,
    count(*) as crime_rows,
    min(row_of_crime.reported_on) as reported_on,
from row_of_crime
where row_of_crime.crime_id is not null
group by row_of_crime.crime_id;
