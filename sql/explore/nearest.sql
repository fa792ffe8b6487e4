-- One row: what to do about a name that the engine, in $said, does not know: where a column of this name is, else the nearest
-- name there is. $sql is the statement: a column of a table that is named in it is nearer than any other. No row where the
-- engine knows several of the name and says so itself.
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
),

nearest as (
    select known.name, damerau_levenshtein(lower(known.name), missing.name) + known.distance as distance
    from known
    inner join missing on known.kind = missing.kind and length(missing.name) > 0
    where damerau_levenshtein(lower(known.name), missing.name) <= greatest(1, length(missing.name) // 3)
    order by distance, known.name
    limit 1
),

elsewhere as (
    select string_agg(distinct held.table_name, ', ' order by held.table_name) as table_names
    from duckdb_columns() as held
    inner join missing on lower(held.column_name) = missing.name and missing.kind = 'column'
    where not held.internal and not ends_with(held.table_name, '_history')
)

select
    case
        when elsewhere.table_names is not null
            then format('{} is a column of {}', missing.name, elsewhere.table_names)
        else format('did you mean {}?', nearest.name)
    end as hint,
from missing
cross join elsewhere
left join nearest on true
where
    not contains($said, 'Ambiguous')
    and (elsewhere.table_names is not null or nearest.name is not null);
