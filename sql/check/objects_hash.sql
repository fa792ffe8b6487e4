-- One row: a digest of the macros, views and reference rows in this file, to tell whether they are still the program's.
with object as (
    select hash(
        duckdb_functions.function_name,
        duckdb_functions.parameters,
        duckdb_functions.parameter_types,
        duckdb_functions.macro_definition
    ) as digest,
    from duckdb_functions()
    where
        not duckdb_functions.internal
        and duckdb_functions.database_name = current_database()
    union all
    select hash(duckdb_views.view_name, duckdb_views.sql) as digest,
    from duckdb_views()
    where not duckdb_views.internal and duckdb_views.database_name = current_database()
    union all
    select hash(harm_weight) as digest,
    from harm_weight
    union all
    select hash(offence_code) as digest,
    from offence_code
    union all
    select hash(typical_item) as digest,
    from typical_item
    union all
    select hash(vawg_code) as digest,
    from vawg_code
    union all
    select hash(offence_code_alias) as digest,
    from offence_code_alias
    union all
    select hash(harm_index) as digest,
    from harm_index
    union all
    select hash(flat_column) as digest,
    from flat_column
)

select concat(count(*), '-', sum(object.digest)) as objects_hash,
from object;
