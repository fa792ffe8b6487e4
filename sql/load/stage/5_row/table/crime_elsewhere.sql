-- Crimes of which the files name suspects or victims alone.
insert into crime_number by name
select named.crime_id, min(named.row_key) as crime_row, 0 as crime_rows,
from (
    select row_of_suspect.crime_id, row_of_suspect.row_key,
    from row_of_suspect
    where row_of_suspect.crime_row is null
    union all
    select row_of_victim.crime_id, row_of_victim.row_key,
    from row_of_victim
    where row_of_victim.crime_row is null
) as named
where named.crime_id is not null
group by named.crime_id;

update row_of_suspect
set crime_row = crime_number.crime_row
from crime_number
where
    crime_number.crime_rows = 0
    and crime_number.crime_id = row_of_suspect.crime_id
    and row_of_suspect.crime_row is null;

update row_of_victim
set crime_row = crime_number.crime_row
from crime_number
where
    crime_number.crime_rows = 0
    and crime_number.crime_id = row_of_victim.crime_id
    and row_of_victim.crime_row is null;
