-- One row per crime of several rows that carry something along: each thing once, by column.
create table repeated_carried as
with carried as (
    select
        carried_row.crime_row,
        min(carried_row.carried) as carried,
        min(carried_row.carried) <> max(carried_row.carried) as is_divided,
    from carried_row
    group by carried_row.crime_row
),

thing as (
    select distinct
        carried_row.crime_row,
        named.column_name,
        json_extract_string(carried_row.carried, concat('$."', named.column_name, '"')) as thing,
    from carried_row
    semi join (
        from carried
        where carried.is_divided
    ) as divided using (crime_row)
    cross join unnest(json_keys(carried_row.carried)) as named(column_name)
),

together as (
    select thing.crime_row, thing.column_name, string_agg(thing.thing, '; ' order by thing.thing) as things,
    from thing
    where thing.thing is not null
    group by thing.crime_row, thing.column_name
),

joined as (
    select together.crime_row, json_group_object(together.column_name, together.things)::varchar as carried,
    from (
        select together.*,
        from together
        order by together.crime_row, together.column_name
    ) as together
    group by together.crime_row
)

select carried.crime_row, coalesce(joined.carried, carried.carried) as carried,
from carried
left join joined using (crime_row);
