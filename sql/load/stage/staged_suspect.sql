-- One row per crime and suspect in the files; values on which the rows disagree are blanked, but for the status: none
-- would stand for a suspicion that goes on, so the furthest is taken, as of references that are merged (rule 16).
create table staged_suspect as
with agreed as (
    select
        single_row.crime_row,
        single_row.suspect_id as person_id,
        single_row.reported_on,
        single_row.suspect_status as status,
        single_row.suspect_status_on as status_on,
        single_row.named_by,
        single_row.named_on,
        single_row.suspect_age as age,
        single_row.suspect_sex as sex,
        single_row.suspect_birth_year as birth_year,
        single_row.suspect_birth_month as birth_month,
        single_row.suspect_died_on as died_on,
    from single_row
    where single_row.suspect_id is not null
    union all
    select
        repeated_row.crime_row,
        repeated_row.suspect_id as person_id,
        repeated_row.reported_on,
        repeated_row.suspect_status as status,
        repeated_row.suspect_status_on as status_on,
        repeated_row.named_by,
        repeated_row.named_on,
        repeated_row.suspect_age as age,
        repeated_row.suspect_sex as sex,
        repeated_row.suspect_birth_year as birth_year,
        repeated_row.suspect_birth_month as birth_month,
        repeated_row.suspect_died_on as died_on,
    from repeated_row
    where repeated_row.suspect_id is not null and repeated_row.suspect_rows = 1
    union all
    select
        repeated_row.crime_row,
        repeated_row.suspect_id as person_id,
        min(repeated_row.reported_on) as reported_on,
        suspect_status_at(max(suspect_status_order(repeated_row.suspect_status))) as status,
        case when min(repeated_row.suspect_status_on) = max(repeated_row.suspect_status_on)
            then min(repeated_row.suspect_status_on) end as status_on,
        case when min(repeated_row.named_by) = max(repeated_row.named_by)
            then min(repeated_row.named_by) end as named_by,
        case when min(repeated_row.named_on) = max(repeated_row.named_on)
            then min(repeated_row.named_on) end as named_on,
        case when min(repeated_row.suspect_age) = max(repeated_row.suspect_age)
            then min(repeated_row.suspect_age) end as age,
        case when min(repeated_row.suspect_sex) = max(repeated_row.suspect_sex)
            then min(repeated_row.suspect_sex) end as sex,
        case when min(repeated_row.suspect_birth_year) = max(repeated_row.suspect_birth_year)
            then min(repeated_row.suspect_birth_year) end as birth_year,
        case when min(repeated_row.suspect_birth_month) = max(repeated_row.suspect_birth_month)
            then min(repeated_row.suspect_birth_month) end as birth_month,
        case when min(repeated_row.suspect_died_on) = max(repeated_row.suspect_died_on)
            then min(repeated_row.suspect_died_on) end as died_on,
    from repeated_row
    where repeated_row.suspect_id is not null and repeated_row.suspect_rows > 1
    group by repeated_row.crime_row, repeated_row.suspect_id
)

select
    agreed.*,
    suspect_digest(
        agreed.person_id, agreed.status, agreed.status_on, agreed.named_by, agreed.named_on,
        agreed.age, agreed.sex, agreed.birth_year, agreed.birth_month, agreed.died_on
    ) as digest,
from agreed;
