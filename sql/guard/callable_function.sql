-- One row: whether the function in $name, which yields rows, may be called: a macro of the database may, and of a
-- name that nothing has the engine reports itself.
select
    coalesce(bool_or(not held.internal and held.function_type = 'table_macro'), false)
    or count(held.function_name) = 0 as is_allowed,
from duckdb_functions() as held
where held.function_name = $name;
