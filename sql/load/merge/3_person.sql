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

create temp table person_changed as
select
    person.person_key,
    coalesce(person_said.sex, person.sex) as sex,
    coalesce(person_said.birth_year, person.birth_year) as birth_year,
    case when person_said.birth_year is null then person.birth_month else person_said.birth_month end
        as birth_month,
    coalesce(person_said.died_on, person.died_on) as died_on,
from person
inner join person_said using (person_id)
where
    person.known_from <= getvariable('extract_on')
    and (
        person_said.sex <> person.sex
        or (person_said.sex is not null and person.sex is null)
        or person_said.birth_year <> person.birth_year
        or (person_said.birth_year is not null and person.birth_year is null)
        or (
            person_said.birth_year = person.birth_year
            and person_said.birth_month is distinct from person.birth_month
        )
        or person_said.died_on <> person.died_on
        or (person_said.died_on is not null and person.died_on is null)
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

insert into person by name
with fresh as (
    select
        (select coalesce(max(person.person_key), 0) from person)
            + row_number() over (order by person_said.person_id) as person_key,
        person_said.*,
    from person_said
    anti join person using (person_id)
)

select
    fresh.person_key,
    fresh.person_id,
    fresh.person_key as root_key,
    fresh.sex,
    fresh.birth_year,
    fresh.birth_month,
    fresh.died_on,
    false as is_placeholder,
    getvariable('extract_on') as known_from,
    getvariable('batch_key') as batch_key,
from fresh;
