-- One row per victim of a crime as named there, as known on a day, before merging identities; null: as known now (rule 7).
create macro named_victim_known_on(known_on date) as table
select victim.crime_key, victim.victim_number, victim.person_key, victim.reported_on, victim.sex, victim.kind,
from victim
inner join crime using (crime_key)
where known_on is not null and crime.known_from <= known_on
union all
select victim.crime_key, victim.victim_number, victim.person_key, victim.reported_on, victim.sex, victim.kind,
from victim
where known_on is null
union all
select
    victim_history.crime_key,
    victim_history.victim_number,
    victim_history.person_key,
    victim_history.reported_on,
    victim_history.sex,
    victim_history.kind,
from victim_history
where
    known_on is not null
    and victim_history.known_from <= known_on
    and victim_history.known_to > known_on;
comment on macro table named_victim_known_on is 'One row per victim of a crime as named there, as known on a day, before merging identities; null: as known now (rule 7).';
