-- One row per row that speaks of a crime of which several do: they have to agree.
create view repeated_crime_row as
select row_of_crime.*, crime_number.crime_row,
from row_of_crime
inner join crime_number using (crime_id)
where crime_number.crime_rows > 1;
