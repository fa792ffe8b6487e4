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
)

select
    said.person_id,
    arg_max(said.sex, struct_pack(day := said.reported_on, value := said.sex))
        filter (where said.sex is not null) as sex,
    arg_max(
        struct_pack(year := said.birth_year, month := said.birth_month),
        struct_pack(
            day := said.reported_on,
            year := said.birth_year,
            month := coalesce(said.birth_month, 0)
        )
    ) filter (where said.birth_year is not null) as birth,
    max(said.died_on) as died_on,
    count(distinct said.sex) > 1 as is_sex_divided,
    count(distinct said.birth_year) > 1 as is_birth_divided,
from said
group by said.person_id;
