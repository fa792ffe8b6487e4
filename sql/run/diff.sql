/*
title = "What changed between two runs"
summary = "One row per person whose place or days changed, and reason."
statement = "The days of the reasons add up to the change. An order of reports received, not of findings of guilt."
columns_first = ["movement", "person_id", "later_rank", "why", "days", "earlier_rank", "crimes"]
*/
with listed as (
    select
        coalesce(earlier_row.person_id, later_row.person_id) as person_id,
        earlier_row.harm_rank as earlier_rank,
        later_row.harm_rank as later_rank,
        earlier_row.harm_days as earlier_days,
        later_row.harm_days as later_days,
        case
            when earlier_row.person_id is null then 'entered'
            when later_row.person_id is null then 'left'
            when later_row.harm_rank < earlier_row.harm_rank then 'rose'
            when later_row.harm_rank > earlier_row.harm_rank then 'fell'
            else 'stayed'
        end as movement,
    from earlier_row
    full join later_row on later_row.person_id = earlier_row.person_id
),

reason as (
    select
        reasoned.person_id,
        reasoned.why,
        count(*) as crimes,
        sum(reasoned.days) as days,
    from reasoned
    group by reasoned.person_id, reasoned.why
),

-- What the evidence does not account for, said and not hidden.
rest as (
    select
        listed.person_id,
        case
            when (select count(*) from parameter_change) > 0 then 'parameters differ'
            else 'not explained by the evidence'
        end as why,
        0 as crimes,
        listed.later_days - listed.earlier_days - coalesce(sum(reason.days), 0) as days,
    from listed
    left join reason using (person_id)
    where listed.movement not in ('entered', 'left')
    group by listed.person_id, listed.earlier_days, listed.later_days
    having listed.later_days - listed.earlier_days - coalesce(sum(reason.days), 0) <> 0
),

-- Those of whom nothing changed: the list moved around them.
moved_by_others as (
    select
        listed.person_id,
        case
            when (select count(*) from parameter_change) > 0 then 'parameters differ'
            else 'others moved'
        end as why,
        0 as crimes,
        0 as days,
    from listed
    anti join reason using (person_id)
    anti join rest using (person_id)
    where listed.movement <> 'stayed'
),

told as (
    from reason
    union all by name
    from rest
    union all by name
    from moved_by_others
)

select
    listed.movement,
    listed.person_id,
    listed.earlier_rank,
    listed.later_rank,
    listed.earlier_days,
    listed.later_days,
    told.why,
    told.crimes::bigint as crimes,
    told.days::decimal(18, 4) as days,
from listed
inner join told using (person_id)
order by
    list_position(['entered', 'left', 'rose', 'fell', 'stayed'], listed.movement),
    coalesce(listed.later_rank, listed.earlier_rank) nulls last,
    listed.person_id,
    told.why;

with movement as (
    select
        count(*) filter (where earlier_row.person_id is null) as entered,
        count(*) filter (where later_row.person_id is null) as left_the_list,
        count(*) filter (where later_row.harm_rank < earlier_row.harm_rank) as rose,
        count(*) filter (where later_row.harm_rank > earlier_row.harm_rank) as fell,
    from earlier_row
    full join later_row on later_row.person_id = earlier_row.person_id
)

select
    'movement' as topic,
    movement.entered + movement.left_the_list as quantity,
    format(
        '{:,} entered, {:,} left, {:,} rose, {:,} fell',
        movement.entered, movement.left_the_list, movement.rose, movement.fell
    ) as note,
from movement
union all
select
    'parameters', null,
    format('{}: {} became {}', name, coalesce(earlier, 'null'), coalesce(later, 'null')),
from parameter_change
union all
select 'runs', null, run_difference.note,
from run_difference
order by topic, note;
