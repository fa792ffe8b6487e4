-- One row per crime and merged person suspected of it, as the base tables have it now.
create view suspicion_now as
with crime_victim as (
    select
        victim.crime_key,
        count(*) filter (where victim.kind = 'person' and victim.sex = 'F') as female_victims,
        count(*) filter (where victim.kind = 'person' and victim.sex is null)
            as unknown_sex_victims,
    from victim
    group by victim.crime_key
),

accused as (
    select
        suspect.crime_key,
        person.root_key as person_key,
        suspect_status_at(max(suspect_status_order(suspect.status))) as status,
        -- Unknown stands between police and public: unknown counts as public (rule 15).
        list_extract(
            ['police', 'other', null, 'witness', 'victim'],
            max(coalesce(
                list_position(['police', 'other', null, 'witness', 'victim'], suspect.named_by),
                3
            ))
        ) as named_by,
        min(suspect.age) as age_low,
        max(suspect.age) as age_high,
    from suspect
    inner join person using (person_key)
    group by suspect.crime_key, person.root_key
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
    coalesce(crime_victim.female_victims, 0) as female_victims,
    coalesce(crime_victim.unknown_sex_victims, 0) as unknown_sex_victims,
    merged_person.sex as suspect_sex,
    coalesce(
        age_low_on(crime.reported_on, merged_person.birth_year, merged_person.birth_month),
        accused.age_low
    ) as age_low,
    coalesce(
        age_high_on(crime.reported_on, merged_person.birth_year, merged_person.birth_month),
        accused.age_high
    ) as age_high,
    merged_person.died_on as suspect_died_on,
    merged_person.is_placeholder as is_placeholder_suspect,
    crime.borough as crime_borough,
    crime.bcu as crime_bcu,
from accused
inner join crime using (crime_key)
inner join merged_person using (person_key)
left join crime_victim using (crime_key);
comment on view suspicion_now is 'One row per crime and merged person suspected of it, as the base tables have it now.';
