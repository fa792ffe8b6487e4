-- One row per thing in a SELECT that the shell may not do: it reads the database, and nothing else.
-- `called` is a function that yields rows and is not known here: a macro, or none for the shell.
with parsed as (
    select json_serialize_sql($sql::varchar) as tree,
),

part as (
    select json_part.id, json_part.parent, json_part.key, json_part.atom ->> '$' as word,
    from parsed
    cross join json_tree(parsed.tree) as json_part
    where
        json_part.key
        in ('type', 'table_name', 'function_name', 'query_location', 'show_type', 'function')
),

node as (
    select
        part.parent as id,
        max(part.word) filter (where part.key = 'type') as kind,
        lower(max(part.word) filter (where part.key in ('table_name', 'function_name'))) as name,
        coalesce(bool_or(part.key = 'function_name'), false) as is_call,
        max(part.word) filter (where part.key = 'query_location') as place,
        max(part.word) filter (where part.key = 'show_type') as show_kind,
    from part
    group by part.parent
),

-- Functions of the engine that yield tables and read nothing but their arguments or the catalogue.
table_function (name) as (
    values
    ('unnest'), ('range'), ('generate_series'), ('repeat'), ('repeat_row'),
    ('json_each'), ('json_tree'),
    ('duckdb_columns'), ('duckdb_constraints'), ('duckdb_functions'), ('duckdb_indexes'),
    ('duckdb_keywords'), ('duckdb_tables'), ('duckdb_types'), ('duckdb_variables'), ('duckdb_views'),
),

-- Views of the engine that tell of the catalogue alone; others name files, settings and sessions.
catalogue_view (name) as (
    values
    ('duckdb_columns'), ('duckdb_constraints'), ('duckdb_indexes'), ('duckdb_tables'),
    ('duckdb_types'), ('duckdb_views'), ('sqlite_master'), ('sqlite_schema'),
    union all
    select engine_view.view_name,
    from duckdb_views() as engine_view
    where engine_view.schema_name = 'information_schema'
),

-- Functions of the engine that yield a value and tell of the host, plan a text as SQL, or write.
scalar_function (name) as (
    values
    ('current_setting'), ('getenv'), ('json_serialize_plan'), ('write_log'),
    ('pg_conf_load_time'), ('pg_postmaster_start_time'), ('set_config'), ('nextval'), ('setval'),
),

refused as (
    -- Statements that write, wherever they hide: COPY_QUERY_NODE, INSERT_QUERY_NODE and their like.
    select
        node.place,
        format('{} is not for the shell', replace(node.kind, '_QUERY_NODE', '')) as problem,
        null as called,
    from node
    where node.kind like '%\_QUERY\_NODE' escape '\'
    union all
    select
        owner.place,
        format('{}() is not for the shell: it may tell more than the database', coalesce(node.name, '')),
        node.name,
    from part
    inner join node as owner on part.parent = owner.id and owner.kind = 'TABLE_FUNCTION'
    inner join node on part.id = node.id
    where
        part.key = 'function'
        and coalesce(node.name, '') not in (select table_function.name from table_function)
    union all
    select node.place, format('{} is a file, and not for the shell', node.name), null
    from node
    where node.kind = 'BASE_TABLE' and regexp_matches(node.name, '[/\\.:*?\[\]]')
    union all
    select node.place, format('{} is not for the shell: it tells more than the database', node.name), null
    from node
    where
        node.kind = 'BASE_TABLE'
        and node.name in (
            select lower(engine_view.view_name),
            from duckdb_views() as engine_view
            where engine_view.internal
        )
        and node.name not in (select catalogue_view.name from catalogue_view)
    union all
    select node.place, 'SHOW is for tables: show tables, or show and the name of a table', null
    from node
    where
        node.kind = 'SHOW_REF'
        and (
            (
                node.show_kind = 'SHOW_SPECIAL'
                and node.name not in ('"tables"', '__show_tables_expanded', '"variables"')
            )
            or (
                node.show_kind = 'SHOW'
                and node.name not in (
                    select lower(held.table_name),
                    from duckdb_tables() as held
                    where not held.internal
                    union all
                    select lower(held.view_name),
                    from duckdb_views() as held
                    where not held.internal
                )
            )
        )
    union all
    select
        node.place,
        format('{}() is not for the shell: it may tell more than the database', node.name),
        null,
    from node
    where node.is_call and node.name in (select scalar_function.name from scalar_function)
)

select
    coalesce(
        parsed.tree ->> '$.position',
        nullif(refused.place, '18446744073709551615'),
        '0'
    )::bigint as position,
    case
        when parsed.tree ->> '$.error_type' = 'not implemented'
            then 'only SELECT and its like are for the shell: what is in the database is read, not changed'
        when refused.problem is not null or not (parsed.tree ->> '$.error')::boolean
            then coalesce(refused.problem, 'several statements where one is expected')
        else parsed.tree ->> '$.error_message'
    end as problem,
    refused.called,
from parsed
left join refused on true
where
    (parsed.tree ->> '$.error')::boolean
    or refused.problem is not null
    or json_array_length(parsed.tree, '$.statements') > 1
order by position, problem;
