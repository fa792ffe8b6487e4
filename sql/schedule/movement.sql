/*
title = "Who moved since the list before"
summary = "One row per person on this list, or on the one before."
statement = "An order of reports received. It is not a prediction and not a finding of guilt."
columns_first = ["movement", "person_id", "harm_rank", "earlier_rank", "lists_in_a_row", "why", "harm_days"]
*/
with listed as (
    select
        coalesce(earlier_row.person_id, later_row.person_id) as person_id,
        later_row.harm_rank,
        earlier_row.harm_rank as earlier_rank,
        later_row.harm_days,
        earlier_row.harm_days as earlier_days,
        case
            when this_period.since is null then 'first list'
            when earlier_row.person_id is null then 'new'
            when later_row.person_id is null then 'left'
            when later_row.harm_rank < earlier_row.harm_rank then 'risen'
            when later_row.harm_rank > earlier_row.harm_rank then 'fallen'
            else 'unchanged'
        end as movement,
    from earlier_row
    full join later_row on later_row.person_id = earlier_row.person_id
    cross join this_period
),

reason as (
    select reasoned.person_id, reasoned.why, sum(reasoned.days) as days, count(*) as crimes,
    from reasoned
    group by reasoned.person_id, reasoned.why
),

told as (
    select
        reason.person_id,
        string_agg(
            format(
                '{} ({}{} days)',
                reason.why,
                if(reason.days < 0, '-', '+'),
                regexp_replace(abs(reason.days)::decimal(18, 4)::varchar, '[.]?0*$', '')
            ),
            '; '
            order by abs(reason.days) desc, reason.why
        ) as why,
    from reason
    group by reason.person_id
)

select
    listed.movement,
    listed.person_id,
    listed.harm_rank,
    listed.earlier_rank,
    listed.harm_days,
    listed.earlier_days,
    case
        when listed.movement = 'left' then standing.lists_in_a_row
        when listed.earlier_rank is null then 1
        else coalesce(standing.lists_in_a_row, 1) + 1
    end as lists_in_a_row,
    case
        when listed.earlier_rank is null then this_period.label
        else coalesce(standing.on_list_since, this_period.since)
    end as on_list_since,
    case
        when listed.movement = 'first list' then 'the first list'
        when told.why is not null then told.why
        when listed.movement = 'unchanged' then null
        when (select count(*) from parameter_change) > 0 then 'parameters differ'
        else 'others moved'
    end as why,
from listed
cross join this_period
left join standing on standing.person_id = listed.person_id
left join told on told.person_id = listed.person_id
order by
    list_position(['first list', 'new', 'left', 'risen', 'fallen', 'unchanged'], listed.movement),
    coalesce(listed.harm_rank, listed.earlier_rank),
    listed.person_id;

select
    'movement' as topic,
    null::bigint as quantity,
    if(
        this_period.since is null,
        format('{} is the first list: there is none to compare it with', this_period.label),
        format('{} since {}', this_period.label, this_period.since)
    ) as note,
from this_period
union all
select
    'parameters', null,
    format('{}: {} became {}', name, coalesce(earlier, 'null'), coalesce(later, 'null')),
from parameter_change
cross join this_period
where this_period.since is not null
union all
select 'runs', null, run_difference.note,
from run_difference
order by topic, note;
