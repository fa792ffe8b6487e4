-- One row per column of {table}: what it holds, in what unit, and in how many of the rows it is filled.
with filled as (
    select count(*) as "every row", count(columns('(.*)')) as '\1'
    from {table}
),

counted as (
    select every.column_name, every.filled
    from filled unpivot (filled for column_name in (columns(*))) as every
),

-- A view of the session may stand before the table: its types, and what the table says its columns mean.
held as (
    select
        own.column_name,
        arg_max(own.data_type, own.database_name = 'temp') as data_type,
        min(own.column_index) as column_index,
        max(own.comment) as comment,
    from duckdb_columns() as own
    where own.table_name = $name and not own.internal
    group by own.column_name
)

select
    held.column_name as "column",
    lower(held.data_type) as type,
    case
        when held.data_type = 'BOOLEAN' then 'true or false'
        when held.data_type = 'DATE' then 'day'
        when held.data_type like 'TIMESTAMP%' then 'instant'
        when regexp_matches(held.column_name, '(^|_)days(_|$)') then 'days'
        when regexp_matches(held.column_name, '(^|_)(year|age)(_|$)') then 'years'
        else ''
    end as unit,
    case
        when whole.filled = 0 then ''
        when counted.filled = whole.filled then 'all'
        when counted.filled = 0 then 'none'
        else format('{:.1f} %', floor(1000 * counted.filled / whole.filled) / 10)
    end as filled,
    coalesce(held.comment, '') as meaning,
from held
inner join counted on held.column_name = counted.column_name
cross join (
    select counted.filled
    from counted
    where counted.column_name = 'every row'
) as whole
order by held.column_index;
