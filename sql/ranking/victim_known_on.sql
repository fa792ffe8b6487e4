-- One row per victim of a crime as known on a day, after merging identities; null: as known now (rule 7).
create macro victim_known_on(known_on date) as table
with known_victim as (
    select victim.crime_key, victim.person_key, victim.reported_on, victim.sex, victim.kind,
    from victim
    inner join crime using (crime_key)
    where known_on is not null and crime.known_from <= known_on
    union all
    select victim.crime_key, victim.person_key, victim.reported_on, victim.sex, victim.kind,
    from victim
    where known_on is null
    union all
    select
        victim_history.crime_key,
        victim_history.person_key,
        victim_history.reported_on,
        victim_history.sex,
        victim_history.kind,
    from victim_history
    where
        known_on is not null
        and victim_history.known_from <= known_on
        and victim_history.known_to > known_on
)

select
    known_victim.crime_key,
    person.root_key as person_key,
    -- A victim without an identifier counts as one per crime (rule 4).
    case when known_victim.person_key is null then known_victim.crime_key end as unidentified_in,
    known_victim.reported_on,
    known_victim.sex,
    known_victim.kind,
from known_victim
left join person using (person_key);
comment on macro table victim_known_on is 'One row per victim of a crime as known on a day, after merging identities; null: as known now (rules 4 and 7).';
