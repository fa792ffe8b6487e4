-- One row: the name nearest to the one that the engine says, in $said, it does not know, with the names it says it does. $sql is the statement: a
-- column of a table that is named in it is nearer than any other.
with missing as (
    select
        case
            when contains($said, 'Function with name') then 'function'
            when contains($said, 'Table with name') or contains($said, 'Referenced table') then 'table'
            when contains($said, 'column') then 'column'
        end as kind,
        lower(regexp_extract($said, '(?:with name |column named |column |table )"?([\w]+)"?', 1)) as name,
),

known as (
    select 'table' as kind, held.table_name as name, 0 as distance
    from duckdb_tables() as held
    where not held.internal
    union all
    select 'table', held.view_name, 0
    from duckdb_views() as held
    where not held.internal
    union all
    select 'function', held.function_name, 0
    from duckdb_functions() as held
    where held.function_type <> 'pragma' and regexp_full_match(held.function_name, '[a-z]\w+')
    union all
    select 'table', held.function_name, 1
    from duckdb_functions() as held
    where not held.internal and held.function_type = 'table_macro'
    union all
    select
        'column',
        held.column_name,
        if(regexp_matches(lower($sql), '\b' || lower(held.table_name) || '\b'), 0, 2),
    from duckdb_columns() as held
    where not held.internal
    union all
    -- What a macro yields is in no catalogue: the engine names what it could have been.
    select 'column', candidate.name, 0
    from (
        select unnest(
            regexp_extract_all(regexp_extract($said, 'Candidate bindings: ([^\n]*)', 1), '(\w+)', 1)
        ) as name
    ) as candidate
)

select known.name
from known
inner join missing on known.kind = missing.kind and length(missing.name) > 0
where damerau_levenshtein(lower(known.name), missing.name) <= greatest(1, length(missing.name) // 3)
order by damerau_levenshtein(lower(known.name), missing.name) + known.distance, known.name
limit 1;
