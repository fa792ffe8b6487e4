-- One row per month and offence group, and per month in all, of the thirteen months up to a day: what is held,
-- to hold against the force's own return.
create macro recorded_month(until_on date) as table
with crime_fact as (
    select
        date_trunc('month', crime.reported_on)::date as month_on,
        coalesce(harm_weight.offence_group, 'no weight in the index') as offence_group,
        offence_weight.candidates = 0 as is_unweighted,
        crime.crime_key not in (
            select suspect.crime_key
            from suspect
            where is_in_thirteen_months(suspect.reported_on, until_on)
        ) as is_without_suspect,
        crime.crime_key in (
            select victim.crime_key
            from victim
            where
                is_in_thirteen_months(victim.reported_on, until_on)
                and victim.kind = 'person'
                and victim.sex = 'F'
        ) as has_woman,
        crime.crime_key in (
            select victim.crime_key
            from victim
            where
                is_in_thirteen_months(victim.reported_on, until_on)
                and victim.kind = 'person'
                and victim.sex is null
        ) as has_unknown,
    from crime
    inner join offence_weight
        on offence_weight.offence_key = crime.offence_key
        and offence_weight.index_id = default_index()
    left join harm_weight
        on harm_weight.index_id = offence_weight.index_id
        and harm_weight.item = offence_weight.item
    where is_in_thirteen_months(crime.reported_on, until_on) and is_recorded_crime(crime.status)
)

select
    crime_fact.month_on,
    coalesce(crime_fact.offence_group, 'all') as offence_group,
    count(*) as crimes,
    count(*) filter (where crime_fact.is_without_suspect) as without_suspect,
    count(*) filter (where crime_fact.has_woman) as with_female_victim,
    count(*) filter (where crime_fact.has_unknown) as with_victim_of_unknown_sex,
    count(*) filter (where crime_fact.is_unweighted) as without_weight,
from crime_fact
group by grouping sets ((crime_fact.month_on), (crime_fact.month_on, crime_fact.offence_group));
comment on macro table recorded_month is 'One row per month and offence group, and per month in all, of the thirteen months up to a day: what is held, to hold against the force''s own return.';
