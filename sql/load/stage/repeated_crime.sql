-- One row per crime of several rows: only those have anything to agree on.
create table repeated_crime as
select staged_row.crime_id,
from staged_row
where staged_row.crime_id is not null
group by staged_row.crime_id
having count(*) > 1;
