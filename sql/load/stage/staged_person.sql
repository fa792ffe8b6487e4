-- One row per person in the files: of two words about them, the one of the later report.
create table staged_person as
with said as (
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
        staged_row.suspect_id as person_id,
        date '9999-12-31' as reported_on,
        staged_row.suspect_sex as sex,
        staged_row.suspect_birth_year as birth_year,
        staged_row.suspect_birth_month as birth_month,
        staged_row.suspect_died_on as died_on,
    from staged_row
    where staged_row.part = 'person' and staged_row.refusal is null
),

-- Later reports are greater numbers; on one day the greater value wins, so that the order of rows does not tell.
ordered as (
    select
        said.*,
        coalesce(said.reported_on - date '0001-01-01', 0) * 256 + unicode(said.sex) as sex_order,
        (coalesce(said.reported_on - date '0001-01-01', 0) * 10000 + said.birth_year) * 13
        + coalesce(said.birth_month, 0) as birth_order,
    from said
)

select
    ordered.person_id,
    arg_max(ordered.sex, ordered.sex_order) as sex,
    arg_max(ordered.birth_year, ordered.birth_order) as birth_year,
    arg_max_null(ordered.birth_month, ordered.birth_order) as birth_month,
    max(ordered.died_on) as died_on,
from ordered
group by ordered.person_id;
