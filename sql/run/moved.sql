-- One row per person of either list: where they stood and stand, and whether their own score moved them, or others did.
-- Their own score moved them where, as the others now are, they would stand elsewhere with the days they had before.
create view moved as
with cut as (
    select
        standing.run,
        -- A list that ends with the last who is counted has no cut.
        if(
            bool_or(not standing.is_listed and standing.is_ranked),
            min(standing.harm_days) filter (where standing.is_listed),
            0
        ) as least_days,
    from standing
    group by standing.run
),

both_cuts as (
    select
        coalesce(max(if(cut.run = 'earlier', cut.least_days, null)), 0) as earlier_cut,
        coalesce(max(if(cut.run = 'later', cut.least_days, null)), 0) as later_cut,
        exists(from earlier_evidence) or exists(from later_evidence) as is_evident,
    from cut
),

pair as (
    select
        coalesce(earlier.person_id, later.person_id) as person_id,
        coalesce(earlier.is_listed, false) as was_listed,
        coalesce(later.is_listed, false) as is_listed,
        earlier.harm_rank as earlier_rank,
        later.harm_rank as later_rank,
        earlier.harm_days as earlier_days,
        later.harm_days as later_days,
        -- Nobody who is not counted at all is on a list, not even on one of people without a day.
        if(earlier.is_ranked, coalesce(earlier.harm_days, -1), -1) as earlier_height,
        if(later.is_ranked, coalesce(later.harm_days, -1), -1) as later_height,
        coalesce(later.is_by_days, false) as is_by_days,
    from (select standing.* from standing where standing.run = 'earlier') as earlier
    full join (select standing.* from standing where standing.run = 'later') as later
        on later.person_id = earlier.person_id
    where earlier.is_listed or later.is_listed
),

height as (
    select
        standing.harm_days,
        sum(count(*)) over (order by standing.harm_days desc) as people,
    from standing
    where standing.run = 'later' and standing.is_ranked and standing.harm_days is not null
    group by standing.harm_days
),

-- With the days they had before, among the others as they now are.
unchanged as (
    select
        pair.*,
        case
            when pair.is_by_days
                then 1 + coalesce(height.people, 0) - if(pair.later_days > pair.earlier_days, 1, 0)
            -- Where ranks do not follow days alone: every change of days is taken to have moved them.
            when pair.earlier_days is not distinct from pair.later_days then pair.later_rank
            else pair.earlier_rank
        end as rank_unchanged,
    from pair
    asof left join height on pair.earlier_days < height.harm_days
),

decided as (
    select
        unchanged.*,
        both_cuts.*,
        (not unchanged.is_listed and unchanged.later_height >= both_cuts.later_cut)
        or (not unchanged.was_listed and unchanged.earlier_height >= both_cuts.earlier_cut) as is_elsewhere_decided,
    from unchanged
    cross join both_cuts
),

judged as (
    select
        decided.*,
        case
            -- Without evidence nothing is known of anybody beyond a cut.
            when not decided.is_evident and not (decided.was_listed and decided.is_listed) then false
            when decided.earlier_days is not distinct from decided.later_days then false
            -- High enough, and left out all the same: by a rule that the evidence does not tell.
            when decided.is_elsewhere_decided then true
            when not decided.is_listed
                then
                    decided.later_height < decided.earlier_cut
                    or decided.earlier_height >= decided.later_cut
            when not decided.was_listed
                then
                    decided.earlier_height < decided.later_cut
                    or decided.later_height >= decided.earlier_cut
            when decided.later_rank < decided.earlier_rank then decided.later_rank < decided.rank_unchanged
            else decided.later_rank > decided.rank_unchanged
        end as is_own,
        case
            when not decided.is_evident and not (decided.was_listed and decided.is_listed) then false
            when decided.is_elsewhere_decided then false
            when not decided.is_listed
                then
                    decided.earlier_height < decided.later_cut
                    or decided.later_height >= decided.earlier_cut
            when not decided.was_listed
                then
                    decided.later_height < decided.earlier_cut
                    or decided.earlier_height >= decided.later_cut
            when decided.later_rank < decided.earlier_rank then decided.rank_unchanged < decided.earlier_rank
            else decided.rank_unchanged > decided.earlier_rank
        end as is_others,
    from decided
)

select
    judged.* exclude (earlier_height, later_height, is_by_days, rank_unchanged, is_elsewhere_decided),
    if(judged.is_listed, null, nullif(judged.later_cut, 0) - coalesce(judged.later_days, 0)) as days_to_cut,
    case
        when not judged.was_listed then 'entered'
        when not judged.is_listed then 'left'
        when judged.later_rank is not distinct from judged.earlier_rank then 'stayed'
        when judged.later_days is null or judged.earlier_days is null
            then if(judged.later_rank < judged.earlier_rank, 'higher', 'lower')
        when judged.later_rank < judged.earlier_rank
            then if(judged.is_own and judged.later_days > judged.earlier_days, 'rose', 'moved up')
        when judged.is_own and judged.later_days < judged.earlier_days then 'fell'
        else 'overtaken'
    end as movement,
    -- Of those whom both put out, by how many days which did.
    coalesce(
        not judged.is_listed
        and judged.later_cut - judged.earlier_days > judged.earlier_cut - coalesce(judged.later_days, 0),
        false
    ) as is_more_by_others,
    -- How others moved them, in words.
    case
        when (select count(*) from parameter_change) > 0 then 'parameters differ'
        when judged.later_days is null and judged.earlier_days is null then 'not known: the list has no days'
        when not judged.is_listed or judged.later_rank > judged.earlier_rank then 'overtaken by others'
        else 'others fell or left'
    end as by_others,
from judged;
