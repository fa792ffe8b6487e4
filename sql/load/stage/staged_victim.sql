-- One row per crime and victim in the files; without an identifier, one per crime (rule 4).
create table staged_victim as
with agreed as (
    select
        repeated_row.crime_row,
        repeated_row.victim_id as person_id,
        min(repeated_row.reported_on) as reported_on,
        -- Two sexes for one victim: a slip must not take a woman off the record.
        case
            when min(repeated_row.victim_sex) = max(repeated_row.victim_sex)
                then min(repeated_row.victim_sex)
            when bool_or(repeated_row.victim_sex = 'F') then 'F'
        end as sex,
        case when min(repeated_row.victim_age) = max(repeated_row.victim_age)
            then min(repeated_row.victim_age) end as age,
        case when min(repeated_row.victim_kind) = max(repeated_row.victim_kind)
            then min(repeated_row.victim_kind) end as kind,
        case when min(repeated_row.victim_birth_year) = max(repeated_row.victim_birth_year)
            then min(repeated_row.victim_birth_year) end as birth_year,
        case when min(repeated_row.victim_birth_month) = max(repeated_row.victim_birth_month)
            then min(repeated_row.victim_birth_month) end as birth_month,
    from repeated_row
    where repeated_row.names_victim and repeated_row.victim_rows > 1
    group by repeated_row.crime_row, repeated_row.victim_id
),

numbered as (
    select
        single_row.crime_row,
        single_row.victim_id as person_id,
        single_row.reported_on,
        single_row.victim_sex as sex,
        single_row.victim_age as age,
        single_row.victim_kind as kind,
        single_row.victim_birth_year as birth_year,
        single_row.victim_birth_month as birth_month,
        1 as victim_number,
    from single_row
    where single_row.names_victim
    union all
    select
        repeated_row.crime_row,
        repeated_row.victim_id as person_id,
        repeated_row.reported_on,
        repeated_row.victim_sex as sex,
        repeated_row.victim_age as age,
        repeated_row.victim_kind as kind,
        repeated_row.victim_birth_year as birth_year,
        repeated_row.victim_birth_month as birth_month,
        1 as victim_number,
    from repeated_row
    where repeated_row.names_victim and repeated_row.victim_rows = 1
    union all
    select
        agreed.*,
        row_number() over (partition by agreed.crime_row order by agreed.person_id nulls last)
            as victim_number,
    from agreed
)

select
    numbered.*,
    victim_digest(
        numbered.person_id, numbered.sex, numbered.age, numbered.kind, numbered.birth_year,
        numbered.birth_month
    ) as digest,
from numbered;
