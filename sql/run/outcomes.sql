/*
title = "What followed a list"
summary = "One row per group of people and span of days after the list: actions, and harm reported before and after."
statement = "A comparison of people who happened to stand on two sides of a cut, not an experiment. It does not show what the list did."
columns_first = ["people", "within_days", "persons", "with_action", "crimes_after", "crimes_per_year", "crimes_per_year_low", "crimes_per_year_high", "is_over"]
*/
create or replace temp table span as
select
    unnest([30, 90, 365]) as within_days;

create or replace temp table grouped as
select 1 as place, 'just above the cut' as people, placed.person_key,
from placed
where placed.is_listed and placed.steps_from_cut <= getvariable('band') and placed.person_key is not null
    and not placed.is_restricted
union
select 2, 'just below the cut', placed.person_key,
from placed
where not placed.is_listed and placed.steps_from_cut <= getvariable('band') and placed.person_key is not null
    and not placed.is_restricted
union
select 3, 'all listed', placed.person_key,
from placed
where placed.is_listed and placed.person_key is not null and not placed.is_restricted
union
select 4, 'the next hundred', placed.person_key,
from placed
where not placed.is_listed and placed.steps_from_cut <= 100 and placed.person_key is not null
    and not placed.is_restricted;

-- Days after the list on which they were alive and not in custody, as far as the data reach.
create or replace temp table at_liberty as
with person_day as (
    select
        someone.person_key,
        getvariable('listed_on')::date + day_number::integer as day,
        day_number,
    from (select distinct grouped.person_key from grouped) as someone
    cross join range(1, 366) as days(day_number)
    where getvariable('listed_on')::date + day_number::integer <= getvariable('known_until')::date
),

free_day as (
    select person_day.person_key, person_day.day_number,
    from person_day
    inner join merged_person using (person_key)
    where
        is_alive_on(person_day.day, merged_person.died_on)
        and not exists (
            select 1
            from custody
            where
                custody.person_key = person_day.person_key
                and custody.from_on <= person_day.day
                and (custody.to_on is null or custody.to_on >= person_day.day)
        )
)

select someone.person_key, span.within_days, count(free_day.day_number) as days,
from (select distinct grouped.person_key from grouped) as someone
cross join span
left join free_day
    on free_day.person_key = someone.person_key
    and free_day.day_number <= span.within_days
group by someone.person_key, span.within_days;

-- Crimes of the kind the list counts, whoever the person is by then: reported before the list and after it.
create or replace temp table reported as
select
    evidence.person_key,
    evidence.reported_on - getvariable('listed_on')::date as day_number,
    coalesce(evidence.harm_days, 0) as harm_days,
from harm_evidence(
    as_of := (getvariable('listed_on')::date + 365),
    window_days := 730,
    weights := getvariable('run_index')::varchar,
    scope := getvariable('run_scope')::varchar,
    weight_rule := getvariable('run_weight_rule')::varchar,
    naming := getvariable('run_named_by')::varchar,
    historic := getvariable('run_historic')::varchar,
    proactive := getvariable('run_proactive')::varchar
) as evidence
semi join grouped using (person_key)
where
    evidence.is_in_window
    and evidence.is_recorded
    and evidence.is_in_scope
    and evidence.is_detected_as_asked
    and evidence.is_dated_as_asked
    and evidence.is_named_as_asked
    and evidence.is_standing;

create or replace temp table followed as
select
    grouped.place,
    grouped.people,
    span.within_days,
    grouped.person_key,
    at_liberty.days as days_at_liberty,
    (
        select count(*) > 0
        from action
        where
            action.person_key = grouped.person_key
            and action.kind <> 'removed'
            and action.acted_on - getvariable('listed_on')::date between 1 and span.within_days
    ) as has_action,
    (
        select count(*)
        from reported
        where reported.person_key = grouped.person_key and reported.day_number between 1 - span.within_days and 0
    ) as crimes_before,
    (
        select count(*)
        from reported
        where reported.person_key = grouped.person_key and reported.day_number between 1 and span.within_days
    ) as crimes_after,
    (
        select coalesce(sum(reported.harm_days), 0)
        from reported
        where reported.person_key = grouped.person_key and reported.day_number between 1 - span.within_days and 0
    ) as harm_days_before,
    (
        select coalesce(sum(reported.harm_days), 0)
        from reported
        where reported.person_key = grouped.person_key and reported.day_number between 1 and span.within_days
    ) as harm_days_after,
from grouped
cross join span
inner join at_liberty using (person_key, within_days);

create or replace temp table totalled as
select
    followed.place,
    followed.people,
    followed.within_days,
    count(*) as persons,
    sum(followed.days_at_liberty)::bigint as days_at_liberty,
    count(*) filter (where followed.has_action) as with_action,
    sum(followed.crimes_before)::bigint as crimes_before,
    sum(followed.crimes_after)::bigint as crimes_after,
    count(*) filter (where followed.crimes_after > 0) as reported_again,
    sum(followed.harm_days_before)::decimal(18, 4) as harm_days_before,
    sum(followed.harm_days_after)::decimal(18, 4) as harm_days_after,
    -- Exact sums, so that their order does not tell.
    sum(followed.harm_days_after * followed.harm_days_after) as harm_squares,
    sum(followed.harm_days_after * followed.days_at_liberty) as harm_times_days,
    sum(followed.days_at_liberty * followed.days_at_liberty) as day_squares,
from followed
group by followed.place, followed.people, followed.within_days;

-- Shares with Wilson's interval of 95% (E. B. Wilson, Journal of the American Statistical Association 22, 1927).
-- Counts with Byar's approximation to the exact interval of a Poisson count (N. E. Breslow and N. E. Day, Statistical
-- Methods in Cancer Research II, 1987). Above against below stands first.
select
    totalled.people,
    totalled.within_days,
    totalled.persons,
    totalled.with_action,
    round(100.0 * totalled.with_action / totalled.persons, 1)::decimal(5, 1) as action_percent,
    wilson_bound(totalled.with_action, totalled.persons, -1)::decimal(5, 1) as action_percent_low,
    wilson_bound(totalled.with_action, totalled.persons, 1)::decimal(5, 1) as action_percent_high,
    totalled.reported_again,
    totalled.days_at_liberty,
    totalled.crimes_before,
    totalled.crimes_after,
    round(365.0 * totalled.crimes_after / nullif(totalled.days_at_liberty, 0), 3)::decimal(12, 3)
        as crimes_per_year,
    round(365.0 * byar_low(totalled.crimes_after) / nullif(totalled.days_at_liberty, 0), 3)::decimal(12, 3)
        as crimes_per_year_low,
    round(365.0 * byar_high(totalled.crimes_after) / nullif(totalled.days_at_liberty, 0), 3)::decimal(12, 3)
        as crimes_per_year_high,
    totalled.harm_days_before,
    totalled.harm_days_after,
    getvariable('listed_on')::date + totalled.within_days <= getvariable('known_until')::date as is_over,
from totalled
order by totalled.place > 2, totalled.within_days, totalled.place;

-- Harm after the list, above against below: difference of two ratios of sums, harm days to years at liberty, each
-- with its linearised variance over people, and the normal interval of 95% (W. G. Cochran, Sampling Techniques, 1977,
-- chapter 6).
with rate as (
    select
        totalled.place,
        totalled.within_days,
        totalled.harm_days_after::double * 365 / totalled.days_at_liberty as harm_days_a_year,
        ratio_variance(
            totalled.harm_days_after, totalled.days_at_liberty, totalled.harm_squares,
            totalled.harm_times_days, totalled.day_squares, totalled.persons
        ) * 365 * 365 as variance,
    from totalled
    where totalled.days_at_liberty > 0
),

pair as (
    select
        above.within_days,
        above.harm_days_a_year - below.harm_days_a_year as difference,
        1.96 * sqrt(above.variance + below.variance) as margin,
    from rate as above
    inner join rate as below on below.within_days = above.within_days and below.place = 2
    where above.place = 1
)

select
    pair.within_days as place,
    'above against below' as topic,
    null::bigint as quantity,
    case
        when pair.margin is null then format('within {} days: too few people to tell', pair.within_days)
        else format(
            'within {} days: {:,.0f} harm days {} a person and year at liberty above the cut than below '
            || '({:,.0f} to {:,.0f}); {}',
            pair.within_days, abs(pair.difference), case when pair.difference < 0 then 'fewer' else 'more' end,
            pair.difference - pair.margin, pair.difference + pair.margin,
            case
                when pair.difference - pair.margin <= 0 and pair.difference + pair.margin >= 0
                    then 'no difference can be told from chance'
                else 'more than chance alone would mostly give'
            end
        )
    end as note,
from pair
union all
select
    1000, 'how to read it', null,
    'people on both sides of the cut were nearly alike that day; those high on a list mostly fall back whatever '
    || 'is done, so that before against after alone tells nothing'
union all
select
    1001, 'how to read it', null,
    'crimes of one person come together, so that the intervals of counts are rather too narrow; action is not '
    || 'given by chance either'
union all
select
    1002, 'how to read it', null,
    'days at liberty are days alive and not in custody, as far as custody was loaded; crimes are those reported, '
    || 'of the kind the list counts'
union all
select
    1003, 'left out', count(*) filter (where placed.person_key is null),
    format(
        '{:,} of the list or the next hundred are no longer held, {:,} are restricted',
        count(*) filter (where placed.person_key is null), count(*) filter (where placed.is_restricted)
    ),
from placed
where placed.is_listed or placed.steps_from_cut <= 100
having count(*) filter (where placed.person_key is null or placed.is_restricted) > 0
union all
select
    1004, 'not over', span.within_days,
    format('the {} days are not over: the data reach to {}', span.within_days, getvariable('known_until')::date),
from span
where getvariable('listed_on')::date + span.within_days > getvariable('known_until')::date
order by place, note;
