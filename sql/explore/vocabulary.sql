-- One row per word that the shell completes: what it is, whose it is, and how it is shown.
with macro as (
    select
        held.function_name as name,
        list_zip(held.parameters, held.parameter_types) as parameters,
    from duckdb_functions() as held
    where not held.internal and held.function_type in ('macro', 'table_macro')
)

select 'table' as kind, '' as owner, held.table_name as word, held.table_name as shown
from duckdb_tables() as held
where not held.internal
union
select 'table', '', held.view_name, held.view_name
from duckdb_views() as held
where not held.internal
union
select 'column', held.table_name, held.column_name, held.column_name
from duckdb_columns() as held
where not held.internal
union all
select
    'macro',
    '',
    macro.name,
    format(
        '{}({})',
        macro.name,
        list_aggregate(
            [parameter[1] || coalesce(' ' || lower(parameter[2]), '') for parameter in macro.parameters],
            'string_agg',
            ', '
        )
    )
from macro
union all
select
    'parameter',
    macro.name,
    parameter.pair[1] || ' := ',
    parameter.pair[1] || coalesce(' ' || lower(parameter.pair[2]), ''),
from macro
cross join lateral unnest(macro.parameters) as parameter (pair)
union all
select distinct 'function', '', held.function_name, held.function_name
from duckdb_functions() as held
where
    held.internal
    and held.function_type <> 'pragma'
    and regexp_full_match(held.function_name, '[a-z]\w+')
    and not regexp_matches(held.function_name, '^(icu_)?collate_|^pg_|^duckdb_')
union all
select 'keyword', '', held.keyword_name, held.keyword_name
from duckdb_keywords() as held
order by all;
