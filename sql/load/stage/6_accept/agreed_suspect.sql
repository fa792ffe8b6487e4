-- One row per suspect of a crime of which several rows name one; values on which the rows disagree are blanked, but for
-- the status: none would stand for a suspicion that goes on, so the furthest is taken, as of references that are merged
-- (rule 16).
create view agreed_suspect as
select
    agreed.*,
    suspect_digest(
        agreed.person_id, agreed.status, agreed.status_on, agreed.named_by, agreed.named_on, agreed.age,
        agreed.sex, agreed.birth_year, agreed.birth_month, agreed.died_on
    ) as digest,
from (
    select
        said.crime_row,
        said.suspect_id as person_id,
        min(said.row_key) as row_key,
        min(said.reported_on) as reported_on,
        suspect_status_at(max(suspect_status_order(said.suspect_status))) as status,
        case when min(said.suspect_status_on) = max(said.suspect_status_on) then min(said.suspect_status_on) end
            as status_on,
        case when min(said.named_by) = max(said.named_by) then min(said.named_by) end as named_by,
        case when min(said.named_on) = max(said.named_on) then min(said.named_on) end as named_on,
        case when min(said.suspect_age) = max(said.suspect_age) then min(said.suspect_age) end as age,
        case when min(said.suspect_sex) = max(said.suspect_sex) then min(said.suspect_sex) end as sex,
        case when min(said.suspect_birth_year) = max(said.suspect_birth_year) then min(said.suspect_birth_year) end
            as birth_year,
        case when min(said.suspect_birth_month) = max(said.suspect_birth_month)
            then min(said.suspect_birth_month) end as birth_month,
        case when min(said.suspect_died_on) = max(said.suspect_died_on) then min(said.suspect_died_on) end
            as died_on,
    from repeated_suspect_row as said
    anti join staged_refusal using (row_key)
    group by said.crime_row, said.suspect_id
) as agreed;
