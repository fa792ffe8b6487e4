-- One row per row that names a victim of a crime of which several rows name one.
create view repeated_victim_row as
select row_of_victim.*,
from row_of_victim
inner join named_in_crime using (crime_row)
where named_in_crime.victim_rows > 1;
