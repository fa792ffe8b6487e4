-- One row per thing in a statement that a report may not do: it reads the database, and nothing else.
with parsed as (
    select json_serialize_sql($sql::varchar) as tree,
),

part as (
    select json_part.id, json_part.parent, json_part.key, json_part.atom ->> '$' as word,
    from parsed
    cross join json_tree(parsed.tree) as json_part
),

node as (
    select
        kind.parent as id,
        kind.word as kind,
        coalesce(named.word, called.word) as name,
        coalesce(place.word, called_place.word) as place,
    from part as kind
    left join part as named on named.parent = kind.parent and named.key = 'table_name'
    left join part as place on place.parent = kind.parent and place.key = 'query_location'
    left join part as function on function.parent = kind.parent and function.key = 'function'
    left join part as called on called.parent = function.id and called.key = 'function_name'
    left join part as called_place
        on called_place.parent = function.id and called_place.key = 'query_location'
    where kind.key = 'type'
),

refused as (
    -- Statements that write, wherever they hide: COPY_QUERY_NODE, INSERT_QUERY_NODE and their like.
    select node.place, format('{} is not for a report', replace(node.kind, '_QUERY_NODE', '')) as problem,
    from node
    where node.kind like '%\_QUERY\_NODE' escape '\'
    union all
    select node.place, 'DESCRIBE, SHOW and SUMMARIZE are not for a report',
    from node
    where node.kind = 'SHOW_REF'
    union all
    select node.place, format('{}() is not for a report: it may read more than the database', node.name),
    from node
    where
        node.kind = 'TABLE_FUNCTION'
        and node.name not in ('unnest', 'range', 'generate_series', 'repeat', 'repeat_row')
        and node.name not in (
            select macro.function_name,
            from duckdb_functions() as macro
            where not macro.internal and macro.function_type = 'table_macro'
        )
    union all
    select node.place, format('{} is a file, and not for a report', node.name),
    from node
    where node.kind = 'BASE_TABLE' and not regexp_full_match(node.name, '\w+')
)

select
    coalesce(
        parsed.tree ->> '$.position',
        nullif(refused.place, '18446744073709551615'),
        '0'
    )::bigint as position,
    coalesce(
        case parsed.tree ->> '$.error_type'
            when 'not implemented' then 'only SELECT, and `create temp table NAME as SELECT`, is for a report'
            else parsed.tree ->> '$.error_message'
        end,
        refused.problem,
        'several statements where one is expected'
    ) as problem,
from parsed
left join refused on true
where
    (parsed.tree ->> '$.error')::boolean
    or refused.problem is not null
    or json_array_length(parsed.tree, '$.statements') > 1
order by position, problem;
