-- One row per crime of several rows, with the row that stands for it, and how many of them name a suspect and a victim.
-- A crime that one row alone speaks of, as in a table of crimes, has nothing of its own to agree on: that row is said_row.
create table repeated_crime as
select
    staged_row.crime_id,
    count(*) as rows_in,
    case
        when count(*) filter (where staged_row.part in ('row', 'crime')) = 1
            then min(staged_row.rowid) filter (where staged_row.part in ('row', 'crime'))
    end as said_row,
    coalesce(said_row, min(staged_row.rowid)) as crime_row,
    min(staged_row.reported_on) as reported_on,
    count(staged_row.suspect_id) as suspect_rows,
    count(*) filter (where staged_row.names_victim) as victim_rows,
from staged_row
where staged_row.crime_id is not null
group by staged_row.crime_id
having count(*) > 1;
