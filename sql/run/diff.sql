/*
title = "What changed between two runs"
summary = "One row per person whose place or days changed, and reason."
statement = "The days of the reasons add up to the change. An order of reports received, not of findings of guilt."
columns_first = ["movement", "person_id", "later_rank", "why", "days", "is_cause", "earlier_rank", "days_to_cut"]
*/
-- Rose and fell: by their own score. Moved up and overtaken: by what became of others. Of who left, rank and days are those
-- beyond the cut.
with told as (
    select own_score.*, moved.is_own as is_cause,
    from own_score
    inner join moved using (person_id)
    union all by name
    select moved.person_id, moved.by_others as why, 0 as crimes, 0 as days, true as is_cause,
    from moved
    where moved.movement <> 'stayed' and moved.is_others
    union all by name
    select
        moved.person_id,
        if(moved.is_evident, unexplained(), 'not known: the report keeps no evidence of those beyond its cut') as why,
        0 as crimes,
        0 as days,
        true as is_cause,
    from moved
    anti join own_score using (person_id)
    where moved.movement <> 'stayed' and not moved.is_others
)

select
    moved.movement,
    moved.person_id,
    moved.earlier_rank,
    moved.later_rank,
    moved.earlier_days,
    moved.later_days,
    moved.days_to_cut::decimal(18, 4) as days_to_cut,
    told.why,
    told.is_cause,
    told.crimes::bigint as crimes,
    told.days::decimal(18, 4) as days,
from moved
inner join told using (person_id)
order by
    list_position(
        ['entered', 'left', 'rose', 'fell', 'moved up', 'overtaken', 'higher', 'lower', 'stayed'],
        moved.movement
    ),
    coalesce(moved.later_rank, moved.earlier_rank) nulls last,
    moved.person_id,
    told.is_cause desc,
    told.why;

with movement as (
    select
        count(*) filter (where moved.movement = 'entered') as entered,
        count(*) filter (where moved.movement = 'left') as left_the_list,
        count(*) filter (where moved.movement = 'rose') as rose,
        count(*) filter (where moved.movement = 'fell') as fell,
        count(*) filter (where moved.movement = 'moved up') as moved_up,
        count(*) filter (where moved.movement = 'overtaken') as overtaken,
        count(*) filter (where moved.movement in ('higher', 'lower')) as of_unknown_cause,
    from moved
)

select
    'movement' as topic,
    movement.entered + movement.left_the_list as quantity,
    format(
        '{:,} entered, {:,} left; {:,} rose and {:,} fell by their own score, {:,} moved up and {:,} were overtaken '
        || 'by what became of others{}',
        movement.entered, movement.left_the_list, movement.rose, movement.fell, movement.moved_up,
        movement.overtaken,
        if(
            movement.of_unknown_cause = 0,
            '',
            format('; {:,} moved, without days to say why', movement.of_unknown_cause)
        )
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
