-- One row per table, view and macro of the name in $name, all where it is empty: the SQL that made it.
with made as (
    select held.table_name as name, concat(rtrim(held.sql, ';'), ';') as sql
    from duckdb_tables() as held
    where not held.internal
    union all
    select held.view_name, held.sql
    from duckdb_views() as held
    where not held.internal
    union all
    select
        held.function_name,
        format(
            'create macro {}({}) as {}{};',
            held.function_name,
            coalesce(array_to_string(held.parameters, ', '), ''),
            if(held.function_type = 'table_macro', 'table ', ''),
            held.macro_definition
        ),
    from duckdb_functions() as held
    where not held.internal and held.function_type in ('macro', 'table_macro') and $name <> ''
)

select made.sql
from made
where $name = '' or made.name = lower($name)
order by made.name, made.sql;
