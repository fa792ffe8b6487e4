/*
title = "What followed the lists"
summary = "One row per kept list, group of people and span of days after it: actions, and harm reported before and after."
statement = "A comparison of people who happened to stand on two sides of a cut, not an experiment. It does not show what the list did."
columns_first = ["list", "people", "within_days", "state", "crimes_per_year", "crimes_per_year_low", "crimes_per_year_high", "with_action", "persons", "harm_per_year"]
example = "--band 50"
input = "kept_lists"

[param.run]
type = "text"
optional = true
help = "Lists whose run, or whose schedule and period (v100/2026-W27), begins so; all kept lists unless given."

[param.band]
type = "integer"
default = 25
range = [1, 100]
help = "People on each side of the cut that are compared."
*/
create or replace temp table span as
select
    unnest([30, 90, 365]) as within_days;

-- A span that is not over says nothing yet: a count up to now would look like a low one.
create or replace temp table list_span as
select
    kept_list.list_key,
    kept_list.list,
    kept_list.listed_on,
    kept_list.adopted_by,
    kept_list.harm_kind,
    span.within_days,
    kept_list.listed_on + span.within_days as over_on,
    kept_list.listed_on + span.within_days <= data_date.data_date as is_over,
from kept_list
cross join span
cross join data_date
where is_list_asked(kept_list.list, kept_list.run, $run) and kept_list.why_not is null;

-- People as they are now: two who were merged since are one, and on the list where either was.
create or replace temp table known as
with held as (
    select placed.*, person.root_key as person_key,
    from placed
    inner join person using (person_id)
    anti join restricted_person on restricted_person.person_key = person.root_key
    where placed.list_key in (select list_span.list_key from list_span)
),

listed as (
    select held.list_key, held.person_key, bool_or(held.is_listed) as is_listed,
    from held
    group by held.list_key, held.person_key
)

select held.list_key, held.person_key, held.is_listed, min(held.steps_from_cut) as steps_from_cut,
from held
semi join listed using (list_key, person_key, is_listed)
group by held.list_key, held.person_key, held.is_listed;

create or replace temp table grouped as
with people_group as (
    select 1 as place, 'just above' as people, true as is_listed, $band as within_steps,
    union all
    select 2, 'just below', false, $band,
    union all
    select 3, 'all listed', true, null,
    union all
    select 4, 'next hundred', false, 100,
)

select known.list_key, people_group.place, people_group.people, known.person_key,
from known
inner join people_group using (is_listed)
where people_group.within_steps is null or known.steps_from_cut <= people_group.within_steps;

-- Days up to each day on which they were alive and not in custody, from the first list on.
create or replace temp table at_liberty as
with reach as (
    select min(list_span.listed_on) as from_on, max(list_span.over_on) as to_on,
    from list_span
),

person_day as (
    select someone.person_key, reach.from_on + unnest(range(0, reach.to_on - reach.from_on + 1))::integer as day,
    from (select distinct known.person_key from known) as someone
    cross join reach
),

custody_day as (
    select distinct
        custody.person_key,
        greatest(custody.from_on, reach.from_on)
        + unnest(
            range(
                0,
                least(coalesce(custody.to_on, reach.to_on), reach.to_on)
                - greatest(custody.from_on, reach.from_on) + 1
            )
        )::integer as day,
    from custody
    cross join reach
    semi join known using (person_key)
)

select
    person_day.person_key,
    person_day.day,
    count(*) filter (
        where is_alive_on(person_day.day, merged_person.died_on) and custody_day.day is null
    ) over (
        partition by person_day.person_key
        order by person_day.day rows between unbounded preceding and current row
    ) as days_so_far,
from person_day
inner join merged_person using (person_key)
left join custody_day using (person_key, day);

-- What followed for each person, within spans that are over.
create or replace temp table followed as
with one as (
    select list_span.*, known.person_key,
    from known
    inner join list_span using (list_key)
),

crime_total as (
    select
        one.list_key,
        one.person_key,
        one.within_days,
        count(*) filter (where reported.reported_on <= one.listed_on) as crimes_before,
        count(*) filter (where reported.reported_on > one.listed_on) as crimes_after,
        sum(reported.harm_days) filter (where reported.reported_on <= one.listed_on) as harm_days_before,
        sum(reported.harm_days) filter (where reported.reported_on > one.listed_on) as harm_days_after,
    from one
    inner join reported
        on reported.harm_kind = one.harm_kind
        and reported.person_key = one.person_key
        and reported.reported_on > one.listed_on - one.within_days
        and reported.reported_on <= one.over_on
    group by one.list_key, one.person_key, one.within_days
),

acted as (
    select distinct one.list_key, one.person_key, one.within_days,
    from one
    inner join action
        on action.person_key = one.person_key
        and action.kind <> 'removed'
        and action.acted_on > one.listed_on
        and action.acted_on <= one.over_on
)

select
    one.list_key,
    one.person_key,
    one.within_days,
    acted.person_key is not null as has_action,
    liberty_after.days_so_far - liberty_before.days_so_far as days_at_liberty,
    coalesce(crime_total.crimes_before, 0) as crimes_before,
    coalesce(crime_total.crimes_after, 0) as crimes_after,
    coalesce(crime_total.harm_days_before, 0) as harm_days_before,
    coalesce(crime_total.harm_days_after, 0) as harm_days_after,
from one
inner join at_liberty as liberty_before
    on liberty_before.person_key = one.person_key and liberty_before.day = one.listed_on
inner join at_liberty as liberty_after
    on liberty_after.person_key = one.person_key and liberty_after.day = one.over_on
left join crime_total
    on crime_total.list_key = one.list_key
    and crime_total.person_key = one.person_key
    and crime_total.within_days = one.within_days
left join acted
    on acted.list_key = one.list_key
    and acted.person_key = one.person_key
    and acted.within_days = one.within_days;

create or replace temp table totalled as
select
    grouped.list_key,
    grouped.place,
    grouped.people,
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
    365 * ratio_variance(
        sum(followed.harm_days_after), sum(followed.days_at_liberty),
        sum(followed.harm_days_after * followed.harm_days_after),
        sum(followed.harm_days_after * followed.days_at_liberty),
        sum(followed.days_at_liberty * followed.days_at_liberty),
        count(*)
    ) * 365 as harm_variance,
from grouped
inner join followed using (list_key, person_key)
group by grouped.list_key, grouped.place, grouped.people, followed.within_days;

-- Those above against those below: two ratios of sums, harm days to years at liberty, each with its linearised
-- variance over people, and their difference with its normal interval of 95% (W. G. Cochran, Sampling Techniques,
-- 1977, chapter 6).
create or replace temp table compared as
with rate as (
    select
        totalled.*,
        list_span.list,
        list_span.listed_on,
        list_span.adopted_by,
        list_span.over_on,
        list_span.is_over,
        365 * totalled.harm_days_after::double / nullif(totalled.days_at_liberty, 0) as harm_per_year,
    from totalled
    inner join list_span using (list_key, within_days)
)

select
    above.*,
    case when above.is_over then above.harm_per_year - below.harm_per_year end as harm_difference,
    case when above.is_over then 1.96 * sqrt(above.harm_variance + below.harm_variance) end as margin,
from rate as above
left join rate as below
    on below.list_key = above.list_key
    and below.within_days = above.within_days
    and below.place = above.place + 1
    and above.place in (1, 3);

-- Adopted lists first, then the newest; within each, above against below before all the others.
-- Shares with Wilson's interval of 95% (E. B. Wilson, Journal of the American Statistical Association 22, 1927).
-- Counts with Byar's approximation to the exact interval of a Poisson count (N. E. Breslow and N. E. Day, Statistical
-- Methods in Cancer Research II, 1987).
with action_held as (
    select count(*) > 0 as is_any,
    from action
),

over as (
    select
        compared.* exclude (with_action),
        -- Where no actions are loaded, nothing is known of them.
        case when action_held.is_any then compared.with_action end as with_action,
    from compared
    cross join action_held
    where compared.is_over
)

select
    compared.list,
    compared.listed_on,
    compared.adopted_by,
    compared.people,
    compared.within_days,
    compared.persons,
    over.with_action,
    round(100.0 * over.with_action / over.persons, 1)::decimal(5, 1) as action_percent,
    wilson_bound(over.with_action, over.persons, -1)::decimal(5, 1) as action_percent_low,
    wilson_bound(over.with_action, over.persons, 1)::decimal(5, 1) as action_percent_high,
    over.reported_again,
    over.days_at_liberty,
    compared.crimes_before,
    over.crimes_after,
    round(365.0 * over.crimes_after / nullif(over.days_at_liberty, 0), 3)::decimal(12, 3)
        as crimes_per_year,
    round(365.0 * byar_low(over.crimes_after) / nullif(over.days_at_liberty, 0), 3)::decimal(12, 3)
        as crimes_per_year_low,
    round(365.0 * byar_high(over.crimes_after) / nullif(over.days_at_liberty, 0), 3)::decimal(12, 3)
        as crimes_per_year_high,
    compared.harm_days_before,
    over.harm_days_after,
    round(over.harm_per_year, 1)::decimal(15, 1) as harm_per_year,
    round(over.harm_difference, 1)::decimal(15, 1) as harm_per_year_difference,
    round(over.harm_difference - over.margin, 1)::decimal(15, 1) as harm_per_year_difference_low,
    round(over.harm_difference + over.margin, 1)::decimal(15, 1) as harm_per_year_difference_high,
    case when compared.is_over then 'over' else 'not over' end as state,
    compared.over_on,
from compared
left join over using (list_key, within_days, place)
order by
    compared.adopted_by is null,
    compared.listed_on desc,
    compared.list,
    compared.list_key,
    compared.place > 2,
    compared.within_days,
    compared.place;

-- Lists, those that cannot be compared and why.
with asked as (
    select kept_list.*,
    from kept_list
    where is_list_asked(kept_list.list, kept_list.run, $run)
)

select
    0 as place,
    'lists' as topic,
    count(*) filter (where asked.why_not is null) as quantity,
    format(
        '{:,} compared, {:,} of them adopted; {:,} left out',
        count(*) filter (where asked.why_not is null),
        count(*) filter (where asked.why_not is null and asked.adopted_by is not null),
        count(*) filter (where asked.why_not is not null)
    ) as note,
from asked
union all
select 1, 'left out', null, format('{}: {}', asked.list, asked.why_not),
from asked
where asked.why_not is not null
order by place, note;

with difference as (
    select
        compared.within_days,
        count(*) filter (where compared.is_over and compared.margin is not null) as lists,
        count(*) filter (where compared.is_over and abs(compared.harm_difference) > compared.margin) as lists_apart,
        count(*) filter (where not compared.is_over) as lists_not_over,
        min(compared.over_on) filter (where not compared.is_over) as next_over_on,
    from compared
    where compared.place = 1
    group by compared.within_days
)

select
    difference.within_days as place,
    'above against below' as topic,
    difference.lists_apart as quantity,
    case
        when difference.lists = 0
            then format('within {} days: no list with people enough to tell', difference.within_days)
        else format(
            'within {} days: in {:,} of {:,} {} the harm just above the cut differs from that just below it by more '
            || 'than chance would mostly give; one in twenty would by chance',
            difference.within_days, difference.lists_apart, difference.lists,
            case difference.lists when 1 then 'list' else 'lists' end
        )
    end as note,
from difference
where difference.lists > 0 or difference.lists_not_over = 0
union all
select
    400 + difference.within_days, 'not over', difference.lists_not_over,
    format(
        'within {} days: {:,} {} not over and left blank, the first will be on {}; the data reach to {}',
        difference.within_days, difference.lists_not_over,
        case difference.lists_not_over when 1 then 'list is' else 'lists are' end,
        difference.next_over_on, data_date.data_date
    ),
from difference
cross join data_date
where difference.lists_not_over > 0
union all
select
    1000, 'how to read it', null,
    'people on both sides of the cut were nearly alike that day; those high on a list mostly fall back whatever '
    || 'is done, so that before against after alone tells nothing'
union all
select
    1001, 'how to read it', null,
    'crimes of one person come together, so that the intervals of counts are rather too narrow; action is not '
    || 'given by chance either, and lists of one season share most of their people'
union all
select
    1002, 'how to read it', null,
    'days at liberty are days alive and not in custody, as far as custody was loaded; crimes are those reported, '
    || 'of the kind the list counts; harm per year is in days a person and year at liberty, its difference that of the '
    || 'group above the cut less the group below'
union all
select
    1003, 'left out', count(*) filter (where person.person_key is null),
    format(
        '{:,} of the lists or the next hundreds are no longer held, {:,} are restricted',
        count(*) filter (where person.person_key is null),
        count(*) filter (where restricted_person.person_key is not null)
    ),
from placed
left join person using (person_id)
left join restricted_person on restricted_person.person_key = person.root_key
where placed.list_key in (select list_span.list_key from list_span)
having count(*) filter (where person.person_key is null or restricted_person.person_key is not null) > 0
union all
select
    1004, 'actions', count(*),
    case count(*)
        when 0 then 'none are loaded, so that nothing is said of them: load --actions'
        else format('{:,} loaded, the newest of {}', count(*), max(action.acted_on))
    end,
from action
union all
select
    1005, 'custody', count(*),
    case count(*)
        when 0 then 'no spells are loaded: every day alive counts as one at liberty'
        else concat(number_of(count(*), 'spell', 'spells'), ' loaded, the newest from ', max(custody.from_on))
    end,
from custody
order by place, note;
