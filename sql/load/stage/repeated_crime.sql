-- One row per crime of several rows, with the first of them: only those have anything to agree on.
create table repeated_crime as
select staged_row.crime_id, min(staged_row.rowid) as crime_row,
from staged_row
where staged_row.crime_id is not null
group by staged_row.crime_id
having count(*) > 1;
