-- One row per victim of a crime of which several rows name one, numbered; values on which the rows disagree are blanked,
-- but for the sex: a slip must not take a woman off the record. Without an identifier there is one per crime (rule 4).
create view agreed_victim as
select
    agreed.*,
    row_number() over (partition by agreed.crime_row order by agreed.person_id nulls last) as victim_number,
    victim_digest(
        agreed.person_id, agreed.sex, agreed.age, agreed.kind, agreed.birth_year, agreed.birth_month
    ) as digest,
from (
    select
        said.crime_row,
        said.victim_id as person_id,
        min(said.row_key) as row_key,
        min(said.reported_on) as reported_on,
        case
            when min(said.victim_sex) = max(said.victim_sex) then min(said.victim_sex)
            when bool_or(said.victim_sex = 'F') then 'F'
        end as sex,
        case when min(said.victim_age) = max(said.victim_age) then min(said.victim_age) end as age,
        case when min(said.victim_kind) = max(said.victim_kind) then min(said.victim_kind) end as kind,
        case when min(said.victim_birth_year) = max(said.victim_birth_year) then min(said.victim_birth_year) end
            as birth_year,
        case when min(said.victim_birth_month) = max(said.victim_birth_month) then min(said.victim_birth_month) end
            as birth_month,
    from repeated_victim_row as said
    anti join staged_refusal using (row_key)
    group by said.crime_row, said.victim_id
) as agreed;
