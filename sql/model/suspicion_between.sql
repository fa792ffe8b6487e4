-- One row per crime reported in a span of days, both inclusive, and merged person suspected of it, as the
-- base tables have it now. Merges are rare: what has none is not grouped.
create macro suspicion_between(first_day date, last_day date) as table
with merged_root as (
    select distinct person.root_key,
    from person
    where person.person_key <> person.root_key
),

crime_victim as (
    select
        victim.crime_key,
        count(*) filter (where victim.kind = 'person' and victim.sex = 'F') as female_victims,
        count(*) filter (where victim.kind = 'person' and victim.sex is null)
            as unknown_sex_victims,
    from victim
    where victim.reported_on between first_day and last_day
    group by victim.crime_key
),

named as (
    select
        suspect.crime_key,
        suspect.status,
        suspect.named_by,
        suspect.age,
        person.root_key,
        person.sex,
        person.birth_year,
        person.birth_month,
        person.died_on,
        person.is_placeholder,
    from suspect
    inner join person using (person_key)
    where suspect.reported_on between first_day and last_day
),

merged as (
    select
        named.crime_key,
        named.root_key as person_key,
        suspect_status_at(max(suspect_status_order(named.status))) as status,
        -- Unknown stands between police and public: unknown counts as public (rule 15).
        list_extract(
            ['police', 'other', null, 'witness', 'victim'],
            max(coalesce(
                list_position(['police', 'other', null, 'witness', 'victim'], named.named_by),
                3
            ))
        ) as named_by,
        min(named.age) as age_low,
        max(named.age) as age_high,
    from named
    semi join merged_root using (root_key)
    group by named.crime_key, named.root_key
),

accused as (
    select
        named.crime_key,
        named.root_key as person_key,
        named.status,
        named.named_by,
        named.age as age_low,
        named.age as age_high,
        named.sex,
        named.birth_year,
        named.birth_month,
        named.died_on,
        named.is_placeholder,
    from named
    anti join merged_root using (root_key)
    union all
    select
        merged.crime_key,
        merged.person_key,
        merged.status,
        merged.named_by,
        merged.age_low,
        merged.age_high,
        merged_person.sex,
        merged_person.birth_year,
        merged_person.birth_month,
        merged_person.died_on,
        merged_person.is_placeholder,
    from merged
    inner join merged_person using (person_key)
    -- Said so that nobody else is looked through.
    where merged_person.identities > 1
)

select
    crime.reported_on,
    crime.crime_key,
    accused.person_key,
    crime.offence_key,
    crime.status as crime_status,
    accused.status as suspect_status,
    crime.detected_by as detection,
    accused.named_by as namer,
    crime.is_domestic as is_domestic_crime,
    is_historic(crime.committed_from_on, crime.committed_to_on, crime.reported_on)
        as is_historic_crime,
    coalesce(crime_victim.female_victims, 0)::integer as female_victims,
    coalesce(crime_victim.unknown_sex_victims, 0)::integer as unknown_sex_victims,
    accused.sex as suspect_sex,
    coalesce(age_low_on(crime.reported_on, accused.birth_year, accused.birth_month), accused.age_low)
        as age_low,
    coalesce(age_high_on(crime.reported_on, accused.birth_year, accused.birth_month), accused.age_high)
        as age_high,
    accused.died_on as suspect_died_on,
    accused.is_placeholder as is_placeholder_suspect,
    crime.borough as crime_borough,
    crime.bcu as crime_bcu,
from accused
inner join crime using (crime_key)
left join crime_victim using (crime_key)
where crime.reported_on between first_day and last_day;
comment on macro table suspicion_between is 'One row per crime reported in a span of days, both inclusive, and merged person suspected of it, as the base tables have it now.';
