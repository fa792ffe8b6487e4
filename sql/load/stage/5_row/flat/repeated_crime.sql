-- One row per crime of several rows, with the first of them, which stands for it, and how many of them name a suspect
-- and a victim.
create table repeated_crime as
select
    staged_row.crime_id,
    count(*) as rows_in,
    min(staged_row.row_key) as crime_row,
    count(staged_row.suspect_id) as suspect_rows,
    count(*) filter (where staged_row.names_victim) as victim_rows,
from staged_row
where staged_row.crime_id is not null
group by staged_row.crime_id
having count(*) > 1;
