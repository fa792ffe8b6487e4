-- One row per thing to look at in what is held of the thirteen months up to a day: shares, empty weeks, merges that disagree, sudden jumps.
create macro recorded_note(until_on date) as table
with recorded as (
    -- As recorded_month counts them, for less: by what was recorded, and without what only its readers ask for.
    select
        date_trunc('month', crime.reported_on)::date as month_on,
        crime.offence_key,
        count(*) as crimes,
        count(*) filter (
            where crime.crime_key not in (
                select suspect.crime_key
                from suspect
                where is_in_thirteen_months(suspect.reported_on, until_on)
            )
        ) as without_suspect,
        count(*) filter (
            where crime.crime_key in (
                select victim.crime_key
                from victim
                where
                    is_in_thirteen_months(victim.reported_on, until_on)
                    and victim.kind = 'person'
                    and victim.sex is null
            )
        ) as unknown_sex,
    from crime
    where is_in_thirteen_months(crime.reported_on, until_on) and is_recorded_crime(crime.status)
    group by all
),

weighed as (
    select recorded.*, offence_weight.candidates = 0 as is_unweighted,
    from recorded
    inner join offence_weight
        on offence_weight.offence_key = recorded.offence_key
        and offence_weight.index_id = default_index()
),

total as (
    select
        coalesce(sum(weighed.crimes), 0)::bigint as crimes,
        coalesce(sum(weighed.without_suspect), 0)::bigint as without_suspect,
        coalesce(sum(weighed.unknown_sex), 0)::bigint as unknown_sex,
        coalesce(sum(weighed.crimes) filter (where weighed.is_unweighted), 0)::bigint as without_weight,
    from weighed
),

month_total as (
    select weighed.month_on, sum(weighed.crimes)::bigint as crimes,
    from weighed
    group by weighed.month_on
),

first_month as (
    select min(month_total.month_on) as month_on,
    from month_total
),

-- Months that are whole, those without a crime too: the first may have begun before the data, the last may not be over.
whole_month as (
    select month.month_on::date as month_on, coalesce(month_total.crimes, 0) as crimes,
    from (
        select unnest(generate_series(
            first_month.month_on + interval 1 month,
            until_on + 1 - interval 1 month,
            interval 1 month
        )) as month_on,
        from first_month
    ) as month
    left join month_total on month_total.month_on = month.month_on::date
),

usual as (
    select quantile_disc(whole_month.crimes, 0.5) as crimes,
    from whole_month
),

jump as (
    select whole_month.month_on, whole_month.crimes, usual.crimes as usual_crimes,
    from whole_month
    cross join usual
    -- Seasons move a month by a tenth or two, a fault in an export by far more. Small numbers jump by themselves.
    where
        usual.crimes >= 20
        and (whole_month.crimes > 2 * usual.crimes or 2 * whole_month.crimes < usual.crimes)
),

held_week as (
    select distinct date_trunc('week', crime.reported_on)::date as week_on,
    from crime
    where is_in_thirteen_months(crime.reported_on, until_on)
),

empty_week as (
    select week.week_on::date as week_on,
    from (
        select unnest(generate_series(min(held_week.week_on), max(held_week.week_on), interval 7 day)) as week_on,
        from held_week
    ) as week
    anti join held_week on held_week.week_on = week.week_on::date
    where (select usual.crimes from usual) >= 20
),

line as (
    select
        1 as place,
        'share' as topic,
        total.crimes as quantity,
        format(
            '{} recorded in the thirteen months to {}: {:.1f} % without a suspect, {:.1f} % with a victim '
            || 'of unknown sex, {:.1f} % without a weight',
            number_of(total.crimes, 'crime', 'crimes'), until_on,
            100.0 * total.without_suspect / total.crimes,
            100.0 * total.unknown_sex / total.crimes,
            100.0 * total.without_weight / total.crimes
        ) as note,
    from total
    where total.crimes > 0
    union all
    select
        2, 'empty', count(*),
        concat(
            number_of(count(*), 'week', 'weeks'), ' without a crime, the first that of ', min(empty_week.week_on)
        ),
    from empty_week
    having count(*) > 0
    union all
    select
        3, 'conflict', count(*),
        concat(
            number_of(count(*), 'merged person', 'merged people'),
            ' whose sex or year of birth disagree: `harmrank report conflicts`'
        ),
    from merged_person
    where merged_person.is_conflicting
    having count(*) > 0
    union all
    select
        3 + row_number() over (order by jump.month_on), 'jump', jump.crimes,
        format(
            '{} has {}, the month in the middle {:,}',
            strftime(jump.month_on, '%Y-%m'), number_of(jump.crimes, 'crime', 'crimes'), jump.usual_crimes
        ),
    from jump
)

select line.place, line.topic, line.quantity, line.note,
from line;
comment on macro table recorded_note is 'One row per thing to look at in what is held of the thirteen months up to a day: shares, empty weeks, merges that disagree, sudden jumps.';
