-- One row per table and view: how many rows, about, and what a row is.
select
    held.table_name as name,
    if(held.temporary, 'temporary table', 'table') as kind,
    held.estimated_size as rows,
    held.comment,
from duckdb_tables() as held
where not held.internal
union all
select held.view_name, if(held.temporary, 'temporary view', 'view'), null, held.comment
from duckdb_views() as held
where
    not held.internal
    -- A view that stands before a table of its name is that table to whoever asks.
    and held.view_name not in (
        select own.table_name
        from duckdb_tables() as own
        where not own.internal
    )
order by kind, name;
