-- One row per month and offence group, and per month in all, of the thirteen months up to a day: what is held,
-- to hold against the force's own return.
create macro recorded_month(until_on date) as table
with span as (
    select (date_trunc('month', until_on) - interval 12 month)::date as from_on,
),

crime_fact as (
    select
        date_trunc('month', crime.reported_on)::date as month_on,
        coalesce(harm_weight.offence_group, 'no weight in the index') as offence_group,
        offence_weight.candidates = 0 as is_unweighted,
        crime.crime_key,
    from crime
    cross join span
    inner join offence_weight
        on offence_weight.offence_key = crime.offence_key
        and offence_weight.index_id = 'cchi-2020'
    left join harm_weight
        on harm_weight.index_id = offence_weight.index_id
        and harm_weight.item = offence_weight.item
    where crime.reported_on between span.from_on and until_on and is_recorded_crime(crime.status)
),

suspect_fact as (
    select distinct suspect.crime_key,
    from suspect
    cross join span
    where suspect.reported_on between span.from_on and until_on
),

victim_fact as (
    select
        victim.crime_key,
        bool_or(victim.kind = 'person' and victim.sex = 'F') as has_woman,
        bool_or(victim.kind = 'person' and victim.sex is null) as has_unknown,
    from victim
    cross join span
    where victim.reported_on between span.from_on and until_on
    group by victim.crime_key
)

select
    crime_fact.month_on,
    coalesce(crime_fact.offence_group, 'all') as offence_group,
    count(*) as crimes,
    count(*) filter (where suspect_fact.crime_key is null) as without_suspect,
    count(*) filter (where victim_fact.has_woman) as with_female_victim,
    count(*) filter (where victim_fact.has_unknown) as with_victim_of_unknown_sex,
    count(*) filter (where crime_fact.is_unweighted) as without_weight,
from crime_fact
left join suspect_fact using (crime_key)
left join victim_fact using (crime_key)
group by grouping sets ((crime_fact.month_on), (crime_fact.month_on, crime_fact.offence_group));
comment on macro table recorded_month is 'One row per month and offence group, and per month in all, of the thirteen months up to a day: what is held, to hold against the force''s own return.';
