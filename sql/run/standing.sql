-- One row per run and person who is on its list, or whom its evidence counts: the rank and the days, also beyond the cut.
-- The rank beyond the cut is left open where the list does not go by days alone, or by more than the evidence tells.
create view standing as
with counted as (
    select 'earlier' as run, earlier.person_id, earlier.harm_days, earlier.is_in_place,
    from earlier_evidence as earlier
    where earlier.is_counted
    union all
    select 'later', later.person_id, later.harm_days, later.is_in_place,
    from later_evidence as later
    where later.is_counted
),

parameter as (
    select 'earlier' as run, earlier_parameter.name, earlier_parameter.shown,
    from earlier_parameter
    union all
    select 'later', later_parameter.name, later_parameter.shown,
    from later_parameter
),

cut_by as (
    select
        parameter.run,
        max(if(parameter.name = 'min_crimes', parameter.shown, null))::integer as least_crimes,
        max(if(parameter.name = 'min_victims', parameter.shown, null))::integer as least_victims,
    from parameter
    group by parameter.run
),

total as (
    select
        counted.run,
        counted.person_id,
        sum(counted.harm_days)::decimal(18, 4) as harm_days,
        coalesce(bool_or(counted.is_in_place), true)
        and count(*) >= coalesce(any_value(cut_by.least_crimes), 1) as is_ranked,
    from counted
    left join cut_by using (run)
    group by counted.run, counted.person_id
    having sum(counted.harm_days) is not null
),

listed as (
    select 'earlier' as run, earlier_row.person_id, earlier_row.harm_rank, earlier_row.harm_days,
    from earlier_row
    union all
    select 'later', later_row.person_id, later_row.harm_rank, later_row.harm_days,
    from later_row
),

ranked as (
    select
        run,
        person_id,
        listed.person_id is not null as is_listed,
        listed.harm_rank as listed_rank,
        coalesce(listed.harm_days, total.harm_days) as harm_days,
        listed.person_id is not null or total.is_ranked as is_ranked,
        rank() over (
            partition by run, listed.person_id is not null or total.is_ranked
            order by coalesce(listed.harm_days, total.harm_days) desc nulls last
        ) as rank_by_days,
    from total
    full join listed using (run, person_id)
)

select
    ranked.run,
    ranked.person_id,
    ranked.is_listed,
    ranked.is_ranked,
    ranked.harm_days,
    coalesce(
        bool_and(ranked.listed_rank = ranked.rank_by_days) filter (where ranked.is_listed)
            over (partition by ranked.run)
        and coalesce(cut_by.least_victims, 1) <= 1,
        false
    ) as is_by_days,
    case
        when ranked.is_listed then ranked.listed_rank
        when ranked.is_ranked and is_by_days then ranked.rank_by_days
    end as harm_rank,
from ranked
left join cut_by using (run);
