-- One row per victim of a crime as known on a day, after merging identities; null: as known now (rule 7).
create macro victim_known_on(known_on date) as table
select
    known_victim.crime_key,
    person.root_key as person_key,
    -- Victims without an identifier are told apart by their crime and their number in it (rule 4).
    case when known_victim.person_key is null then known_victim.crime_key end as unidentified_in,
    case when known_victim.person_key is null then known_victim.victim_number end as unidentified_number,
    known_victim.reported_on,
    known_victim.sex,
    known_victim.kind,
from named_victim_known_on(known_on) as known_victim
left join person using (person_key);
comment on macro table victim_known_on is 'One row per victim of a crime as known on a day, after merging identities; null: as known now (rules 4 and 7).';
