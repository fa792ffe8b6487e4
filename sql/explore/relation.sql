-- One row for the table or view of the name in $name: its name as it is written, and what a row is. Where there is none,
-- one row for the nearest name.
with held as (
    select own.table_name as name, own.comment
    from duckdb_tables() as own
    where not own.internal
    union all
    select own.view_name, own.comment
    from duckdb_views() as own
    where not own.internal
)

select
    held.name,
    coalesce(held.comment, '') as comment,
    lower(held.name) = lower($name) as is_it,
from held
where
    damerau_levenshtein(lower(held.name), lower($name)) <= greatest(1, length($name) // 3)
order by damerau_levenshtein(lower(held.name), lower($name)), held.name, comment desc
limit 1;
