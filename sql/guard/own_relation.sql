-- One row: whether the name in $name is that of a table or view of the database.
select count(*) > 0 as is_held,
from (
    select lower(held.table_name) as name
    from duckdb_tables() as held
    where not held.internal
    union all
    select lower(held.view_name)
    from duckdb_views() as held
    where not held.internal
) as own
where own.name = $name;
