-- People of the crimes taken: new ones, and what is newly said of those already held.
create temp table crime_left as
select verdict.crime_row,
from verdict
anti join taken using (crime_row);

-- People only crimes speak of that were not taken.
create temp table person_left as
with mention as (
    select staged_suspect.crime_row, staged_suspect.person_id,
    from staging.staged_suspect
    union all
    select staged_victim.crime_row, staged_victim.person_id,
    from staging.staged_victim
    where staged_victim.person_id is not null
),

passed_over as (
    select distinct mention.person_id,
    from mention
    semi join crime_left using (crime_row)
)

select passed_over.person_id,
from passed_over
anti join (
    select mention.person_id,
    from mention
    semi join passed_over using (person_id)
    semi join taken using (crime_row)
    union all
    -- A table of people is the word about them, whatever becomes of the crimes.
    select row_of_person.suspect_id as person_id,
    from staging.row_of_person
    where row_of_person.refusal is null
) as still_said using (person_id);

create temp table person_said as
select
    staged_person.person_id,
    staged_person.sex,
    staged_person.birth_year,
    staged_person.birth_month,
    staged_person.died_on,
from staging.staged_person
anti join person_left using (person_id);

-- Whom the files name and the record holds: people are looked up by their reference once. What was taken over from the
-- record to complete the files has no digest; a victim who is no person may have a reference that one has elsewhere.
create temp table person_held as
select
    person.person_key,
    person.person_id,
    person.sex,
    person.birth_year,
    person.birth_month,
    person.died_on,
    person.known_from,
from person
semi join (
    select staged_person.person_id,
    from staging.staged_person
    union all
    select staged_suspect.person_id,
    from staging.staged_suspect
    where staged_suspect.digest is null
    union all
    select staged_victim.person_id,
    from staging.staged_victim
    where staged_victim.digest is null or staged_victim.kind <> 'person'
) as named using (person_id);

create temp table person_changed as
select
    person_held.person_key,
    coalesce(person_said.sex, person_held.sex) as sex,
    coalesce(person_said.birth_year, person_held.birth_year) as birth_year,
    case when person_said.birth_year is null then person_held.birth_month else person_said.birth_month end
        as birth_month,
    coalesce(person_said.died_on, person_held.died_on) as died_on,
from person_held
inner join person_said using (person_id)
where
    person_held.known_from <= getvariable('extract_on')
    and (
        person_said.sex <> person_held.sex
        or (person_said.sex is not null and person_held.sex is null)
        or person_said.birth_year <> person_held.birth_year
        or (person_said.birth_year is not null and person_held.birth_year is null)
        or (
            person_said.birth_year = person_held.birth_year
            and person_said.birth_month is distinct from person_held.birth_month
        )
        or person_said.died_on <> person_held.died_on
        or (person_said.died_on is not null and person_held.died_on is null)
    );

insert into person_history by name
select
    person.*,
    getvariable('extract_on') as known_to,
    getvariable('batch_key') as ended_batch_key,
from person
inner join person_changed using (person_key);

update person
set
    sex = person_changed.sex,
    birth_year = person_changed.birth_year,
    birth_month = person_changed.birth_month,
    died_on = person_changed.died_on,
    known_from = getvariable('extract_on'),
    batch_key = getvariable('batch_key')
from person_changed
where person.person_key = person_changed.person_key;

create temp table person_fresh as
select
    (select coalesce(max(person.person_key), 0) from person)
        + row_number() over (order by person_said.person_id) as person_key,
    person_said.*,
from person_said
anti join person_held using (person_id);

insert into person by name
select
    person_fresh.person_key,
    person_fresh.person_id,
    person_fresh.person_key as root_key,
    person_fresh.sex,
    person_fresh.birth_year,
    person_fresh.birth_month,
    person_fresh.died_on,
    false as is_placeholder,
    getvariable('extract_on') as known_from,
    getvariable('batch_key') as batch_key,
from person_fresh;

-- Whom the files name, as the record now has them.
create temp table person_met as
select person_fresh.person_id, person_fresh.person_key, person_fresh.sex,
from person_fresh
union all
select
    person_held.person_id,
    person_held.person_key,
    case when person_changed.person_key is null then person_held.sex else person_changed.sex end as sex,
from person_held
left join person_changed using (person_key);

-- Whether the files describe suspects: only then does it say something that somebody is not described (rule 19).
insert into describing_load by name
select getvariable('batch_key') as batch_key,
where
    exists (
        from staging.staged_suspect
        where staged_suspect.sex is not null or staged_suspect.birth_year is not null
    )
    or exists (
        from staging.row_of_person
        where
            row_of_person.refusal is null
            and (row_of_person.suspect_sex is not null or row_of_person.suspect_birth_year is not null)
    );
