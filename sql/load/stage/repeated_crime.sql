-- One row per crime of several rows, with the row that stands for it. A crime that one row alone speaks of, as in a
-- table of crimes, has nothing of its own to agree on: that row is said_row.
create table repeated_crime as
select
    staged_row.crime_id,
    count(*) as rows_in,
    case
        when count(*) filter (where staged_row.part in ('row', 'crime')) = 1
            then min(staged_row.rowid) filter (where staged_row.part in ('row', 'crime'))
    end as said_row,
    coalesce(said_row, min(staged_row.rowid)) as crime_row,
from staged_row
where staged_row.crime_id is not null
group by staged_row.crime_id
having count(*) > 1;
