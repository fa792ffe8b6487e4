-- The versions that end go to history, the versions taken come in, in order of report.
create temp table ended_suspect as
select suspect.crime_key, suspect.person_key,
from suspect
inner join ended using (crime_key);

create temp table ended_victim as
select victim.crime_key, victim.person_key,
from victim
inner join ended using (crime_key);

insert into suspect_history by name
select
    suspect.*,
    crime.known_from,
    getvariable('extract_on') as known_to,
    getvariable('batch_key') as ended_batch_key,
from suspect
inner join ended using (crime_key)
inner join crime using (crime_key);

insert into victim_history by name
select
    victim.*,
    crime.known_from,
    getvariable('extract_on') as known_to,
    getvariable('batch_key') as ended_batch_key,
from victim
inner join ended using (crime_key)
inner join crime using (crime_key);

insert into crime_history by name
select
    crime.*,
    getvariable('extract_on') as known_to,
    getvariable('batch_key') as ended_batch_key,
from crime
inner join ended using (crime_key);

delete from suspect
where suspect.crime_key in (select ended.crime_key from ended);

delete from victim
where victim.crime_key in (select ended.crime_key from ended);

delete from crime
where crime.crime_key in (select ended.crime_key from ended);

insert into crime by name
select
    taken.crime_key,
    staged_crime.crime_id,
    staged_crime.incident_id,
    offence_met.offence_key,
    staged_crime.code_system,
    offence_met.code,
    staged_crime.reported_on,
    staged_crime.committed_from_on,
    staged_crime.committed_to_on,
    coalesce(staged_crime.status, 'recorded') as status,
    staged_crime.detected_by,
    staged_crime.is_domestic,
    staged_crime.borough,
    staged_crime.bcu,
    staged_crime.area,
    staged_crime.carried,
    staged_crime.crime_content,
    staged_crime.suspects_content,
    staged_crime.victims_content,
    getvariable('extract_on') as known_from,
    getvariable('extract_on') as confirmed_on,
    getvariable('batch_key') as batch_key,
from taken
inner join staging.staged_crime using (crime_row)
inner join offence_met
    on offence_met.code_system = staged_crime.code_system
    and offence_met.staged_code is not distinct from staged_crime.code
    and offence_met.ho_class is not distinct from staged_crime.ho_class
    and offence_met.item is not distinct from staged_crime.item
order by staged_crime.reported_on, taken.crime_key;

insert into suspect by name
select
    taken.crime_key,
    person_met.person_key,
    staged_suspect.reported_on,
    coalesce(staged_suspect.status, 'named') as status,
    staged_suspect.status_on,
    staged_suspect.named_by,
    staged_suspect.named_on,
    staged_suspect.age,
from staging.staged_suspect
inner join taken using (crime_row)
inner join person_met using (person_id)
order by staged_suspect.reported_on, taken.crime_key, person_met.person_key;

insert into victim by name
select
    taken.crime_key,
    staged_victim.victim_number,
    person_met.person_key,
    staged_victim.reported_on,
    -- In tables the sex of a victim is that of the person.
    coalesce(staged_victim.sex, case when getvariable('is_by_table') then person_met.sex end) as sex,
    coalesce(
        staged_victim.age,
        case
            when age_low_on(staged_victim.reported_on, staged_victim.birth_year, staged_victim.birth_month)
                = age_high_on(staged_victim.reported_on, staged_victim.birth_year, staged_victim.birth_month)
                then age_low_on(
                    staged_victim.reported_on, staged_victim.birth_year, staged_victim.birth_month
                )
        end
    ) as age,
    coalesce(staged_victim.kind, 'person') as kind,
from staging.staged_victim
inner join taken using (crime_row)
left join person_met using (person_id)
order by staged_victim.reported_on, taken.crime_key, staged_victim.victim_number;

insert into crime_confirmed by name
select
    getvariable('batch_key') as batch_key,
    crime.crime_key,
    crime.confirmed_on as confirmed_before,
from crime
inner join verdict using (crime_key)
where verdict.verdict = 'unchanged' and crime.confirmed_on < getvariable('extract_on')
order by crime.crime_key;

update crime
set confirmed_on = getvariable('extract_on')
where crime.crime_key in (
    select crime_confirmed.crime_key,
    from crime_confirmed
    where crime_confirmed.batch_key = getvariable('batch_key')
);
