-- One row per person in the files: of two words about them, the one of the later report. Where their crimes say two
-- things of somebody of whom no table of people does, that is told.
create table staged_person as
with said as not materialized (
    select
        staged_suspect.person_id,
        staged_suspect.reported_on,
        staged_suspect.sex,
        staged_suspect.birth_year,
        staged_suspect.birth_month,
        staged_suspect.died_on,
    from staged_suspect
    union all
    select
        staged_victim.person_id,
        staged_victim.reported_on,
        staged_victim.sex,
        staged_victim.birth_year,
        staged_victim.birth_month,
        null as died_on,
    from staged_victim
    where staged_victim.person_id is not null and coalesce(staged_victim.kind, 'person') = 'person'
    union all
    -- A table of people is the word about them, whatever the crimes say.
    select
        row_of_person.suspect_id as person_id,
        date '9999-12-31' as reported_on,
        row_of_person.suspect_sex as sex,
        row_of_person.suspect_birth_year as birth_year,
        row_of_person.suspect_birth_month as birth_month,
        row_of_person.suspect_died_on as died_on,
    from row_of_person
    where row_of_person.refusal is null
),

-- Later reports are greater numbers; on one day the greater value wins, so that the order of rows does not tell.
ordered as (
    select
        said.*,
        coalesce(said.reported_on - date '0001-01-01', 0) * 256 + unicode(said.sex) as sex_order,
        (coalesce(said.reported_on - date '0001-01-01', 0) * 10000 + said.birth_year) * 13
        + coalesce(said.birth_month, 0) as birth_order,
    from said
    where said.sex is not null or said.birth_year is not null or said.died_on is not null
),

described as (
    select
        ordered.person_id,
        arg_max(ordered.sex, ordered.sex_order) as sex,
        arg_max(ordered.birth_year, ordered.birth_order) as birth_year,
        arg_max_null(ordered.birth_month, ordered.birth_order) as birth_month,
        max(ordered.died_on) as died_on,
        count(*) filter (where ordered.reported_on = date '9999-12-31') as table_rows,
        min(unicode(ordered.sex)) <> max(unicode(ordered.sex)) as is_sex_divided,
        min(ordered.birth_year) <> max(ordered.birth_year)
        or min(ordered.birth_month) <> max(ordered.birth_month) as is_birth_divided,
        min(ordered.died_on) <> max(ordered.died_on) as is_death_divided,
    from ordered
    group by ordered.person_id
)

select described.*,
from described
union all by name
-- Of whom nothing is said but that they are: tables of suspects and victims are full of them.
select distinct said.person_id,
from said
anti join described using (person_id)
where said.sex is null and said.birth_year is null and said.died_on is null;
