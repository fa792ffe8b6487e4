-- One row: a digest of the macros, views and reference rows in this file, to tell whether they are still the program's.
with object as (
    select concat_ws(
        ' ', 'macro', duckdb_functions.function_name, duckdb_functions.parameters::varchar,
        duckdb_functions.parameter_types::varchar, duckdb_functions.macro_definition
    ) as definition,
    from duckdb_functions()
    where
        not duckdb_functions.internal
        and duckdb_functions.database_name = current_database()
    union all
    select concat_ws(' ', 'view', duckdb_views.view_name, duckdb_views.sql) as definition,
    from duckdb_views()
    where not duckdb_views.internal and duckdb_views.database_name = current_database()
    union all
    select concat_ws(' ', 'weight', harm_weight::varchar) as definition,
    from harm_weight
    where harm_weight.basis <> 'supplement'
    union all
    select concat_ws(' ', 'code', offence_code::varchar) as definition,
    from offence_code
    union all
    select concat_ws(' ', 'typical', typical_item::varchar) as definition,
    from typical_item
    union all
    select concat_ws(' ', 'vawg', vawg_code::varchar) as definition,
    from vawg_code
)

select md5(string_agg(object.definition, chr(10) order by object.definition)) as objects_hash,
from object;
