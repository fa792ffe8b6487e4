-- In tables the sex of a victim is that of the person. Where a table of people corrects it, crimes whose victim they are
-- held to be are said anew.
create table staging.sex_corrected as
select
    person.person_id,
    person.sex as sex_before,
    staged_person.sex as sex_now,
from person
inner join staging.staged_person using (person_id)
where
    getvariable('is_by_table')
    and person.known_from <= getvariable('extract_on')
    and staged_person.sex is distinct from person.sex
    and staged_person.sex is not null;

insert into staging.staged_crime by name
select
    -crime.crime_key as crime_row,
    crime.crime_id,
    0 as rows_in,
    crime.code_system,
    crime.code,
    offence.ho_class,
    offence.item,
    crime.reported_on,
    crime.incident_id,
    crime.committed_from_on,
    crime.committed_to_on,
    crime.status,
    crime.detected_by,
    crime.is_domestic,
    crime.borough,
    crime.bcu,
    crime.area,
    crime.carried,
    crime.crime_content,
    crime.suspects_content,
    crime.victims_content,
    false as speaks_of_suspects,
    false as speaks_of_victims,
from crime
inner join offence using (offence_key)
anti join staging.staged_crime using (crime_id)
where crime.crime_key in (
    select victim.crime_key
    from victim
    inner join person using (person_key)
    inner join staging.sex_corrected using (person_id)
    where victim.sex is not distinct from sex_corrected.sex_before
);
