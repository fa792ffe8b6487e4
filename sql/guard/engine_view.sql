-- One row: whether the name in $name is that of a view of the engine's own that tells of more than the catalogue.
select count(*) > 0 as is_of_engine,
from duckdb_views() as held
where
    held.internal
    and lower(held.view_name) = $name
    and held.view_name not in (
        select own.view_name
        from duckdb_views() as own
        where own.schema_name = 'information_schema'
    );
