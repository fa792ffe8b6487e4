-- One row per crime, suspect and victim: the flat extract of the synthetic force, as text.
select
    crime.crime_id,
    crime.incident_id,
    'ho' as code_system,
    crime.code,
    crime.ho_class,
    crime.item,
    crime.reported_on::varchar as reported_on,
    crime.committed_from_on::varchar as committed_from_on,
    crime.committed_to_on::varchar as committed_to_on,
    crime.status,
    crime.detected_by,
    case when crime.is_domestic then 'yes' else 'no' end as is_domestic,
    crime.borough,
    crime.bcu,
    crime.area,
    suspected.person_id as suspect_id,
    suspected.sex as suspect_sex,
    suspected.birth as suspect_birth,
    case when suspected.has_age_only
        then date_sub('year', suspected.born_on, crime.reported_on)::varchar
    end as suspect_age,
    suspected.died_on::varchar as suspect_died_on,
    suspect.status as suspect_status,
    suspect.status_on::varchar as suspect_status_on,
    suspect.named_by,
    suspect.named_on::varchar as named_on,
    victim.victim_id,
    harmed.sex as victim_sex,
    harmed.birth as victim_birth,
    case when harmed.has_age_only
        then date_sub('year', harmed.born_on, crime.reported_on)::varchar
    end as victim_age,
    victim.kind as victim_kind,
from demo_crime as crime
inner join demo_victim as victim
    on victim.crime_key = crime.crime_key
left join demo_suspect as suspect
    on suspect.crime_key = crime.crime_key
left join demo_person as suspected
    on suspected.reference_number = suspect.suspect_number
left join demo_person as harmed
    on harmed.reference_number = victim.victim_number
order by crime.crime_id, suspect.suspect_number, victim.victim_number
