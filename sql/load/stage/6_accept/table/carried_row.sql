-- One row per row that carries something along with its crime.
create view carried_row as
select carrying.crime_row, carrying.carried,
from (
    select crime_number.crime_row, row_of_crime.row_key, row_of_crime.carried,
    from row_of_crime
    inner join crime_number using (crime_id)
    where row_of_crime.carried is not null
    union all
    select row_of_suspect.crime_row, row_of_suspect.row_key, row_of_suspect.carried,
    from row_of_suspect
    where row_of_suspect.carried is not null
    union all
    select row_of_victim.crime_row, row_of_victim.row_key, row_of_victim.carried,
    from row_of_victim
    where row_of_victim.carried is not null
) as carrying
anti join staged_refusal using (row_key);
