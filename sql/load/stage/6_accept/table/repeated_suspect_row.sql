-- One row per row that names a suspect of a crime of which several rows name one.
create view repeated_suspect_row as
select row_of_suspect.*,
from row_of_suspect
inner join named_in_crime using (crime_row)
where row_of_suspect.suspect_id is not null and named_in_crime.suspect_rows > 1;
