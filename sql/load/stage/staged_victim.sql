-- One row per crime and victim in the files; without an identifier, one per crime (rule 4).
create table staged_victim as
with agreed as (
    select
        accepted_row.crime_id,
        accepted_row.victim_id as person_id,
        min(accepted_row.reported_on) as reported_on,
        -- Two sexes for one victim: a slip must not take a woman off the record.
        case
            when min(accepted_row.victim_sex) = max(accepted_row.victim_sex)
                then min(accepted_row.victim_sex)
            when bool_or(accepted_row.victim_sex = 'F') then 'F'
        end as sex,
        case when min(accepted_row.victim_age) = max(accepted_row.victim_age)
            then min(accepted_row.victim_age) end as age,
        case when min(accepted_row.victim_kind) = max(accepted_row.victim_kind)
            then min(accepted_row.victim_kind) end as kind,
        case when min(accepted_row.victim_birth_year) = max(accepted_row.victim_birth_year)
            then min(accepted_row.victim_birth_year) end as birth_year,
        case when min(accepted_row.victim_birth_month) = max(accepted_row.victim_birth_month)
            then min(accepted_row.victim_birth_month) end as birth_month,
    from accepted_row
    where
        accepted_row.victim_id is not null
        or accepted_row.victim_sex is not null
        or accepted_row.victim_age is not null
        or accepted_row.victim_kind is not null
    group by accepted_row.crime_id, accepted_row.victim_id
)

select
    agreed.*,
    row_number() over (partition by agreed.crime_id order by agreed.person_id nulls last)
        as victim_number,
from agreed;
