-- One row per victim of a crime of which several rows name one, numbered; values on which the rows of a reference disagree are
-- blanked, but for the sex: a slip must not take a woman off the record. Without a reference there are as many as the rows
-- describe differently (rule 4): a row that leaves out what another gives is taken to be of the same victim.
create view agreed_victim as
with referenced as (
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
    where said.victim_id is not null
    group by said.crime_row, said.victim_id
),

described as (
    select
        said.crime_row,
        min(said.row_key) as row_key,
        min(said.reported_on) as reported_on,
        said.victim_sex as sex,
        said.victim_age as age,
        said.victim_kind as kind,
        said.victim_birth_year as birth_year,
        said.victim_birth_month as birth_month,
    from repeated_victim_row as said
    anti join staged_refusal using (row_key)
    where said.victim_id is null
    group by all
),

unreferenced as (
    select
        described.crime_row,
        null::varchar as person_id,
        described.row_key,
        described.reported_on,
        described.sex,
        described.age,
        described.kind,
        described.birth_year,
        described.birth_month,
    from described
    anti join described as fuller
        on fuller.crime_row = described.crime_row
        and fuller.row_key <> described.row_key
        and (described.sex is null or fuller.sex = described.sex)
        and (described.age is null or fuller.age = described.age)
        and coalesce(described.kind, 'person') = coalesce(fuller.kind, 'person')
        and (described.birth_year is null or fuller.birth_year = described.birth_year)
        and (described.birth_month is null or fuller.birth_month = described.birth_month)
        -- Of two that say the same, person written or left out, the first stands.
        and (
            described.sex is distinct from fuller.sex
            or described.age is distinct from fuller.age
            or described.birth_year is distinct from fuller.birth_year
            or described.birth_month is distinct from fuller.birth_month
            or described.row_key > fuller.row_key
        )
)

select
    agreed.*,
    row_number() over (
        partition by agreed.crime_row
        order by
            agreed.person_id nulls last, agreed.sex, agreed.age, agreed.kind, agreed.birth_year, agreed.birth_month
    ) as victim_number,
    victim_digest(
        agreed.person_id, agreed.sex, agreed.age, agreed.kind, agreed.birth_year, agreed.birth_month
    ) as digest,
from (
    from referenced
    union all by name
    from unreferenced
) as agreed;
