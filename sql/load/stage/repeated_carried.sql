-- One row per crime of several rows that carry different things along: each thing once, by column.
create table repeated_carried as
with divided as (
    select repeated_row.crime_row,
    from repeated_row
    where repeated_row.carried is not null
    group by repeated_row.crime_row
    having min(repeated_row.carried) <> max(repeated_row.carried)
),

thing as (
    select distinct
        repeated_row.crime_row,
        named.column_name,
        json_extract_string(repeated_row.carried, concat('$."', named.column_name, '"')) as thing,
    from repeated_row
    semi join divided using (crime_row)
    cross join unnest(json_keys(repeated_row.carried)) as named(column_name)
),

together as (
    select thing.crime_row, thing.column_name, string_agg(thing.thing, '; ' order by thing.thing) as things,
    from thing
    where thing.thing is not null
    group by thing.crime_row, thing.column_name
)

select together.crime_row, json_group_object(together.column_name, together.things)::varchar as carried,
from (
    select together.*,
    from together
    order by together.crime_row, together.column_name
) as together
group by together.crime_row;
