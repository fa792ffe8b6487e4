-- One row per suspect whom no other row can contradict: of a crime that one row alone names a suspect of.
create view lone_suspect as
select
    lone.*,
    suspect_digest(
        lone.person_id, lone.status, lone.status_on, lone.named_by, lone.named_on, lone.age, lone.sex,
        lone.birth_year, lone.birth_month, lone.died_on
    ) as digest,
from (
    select
        named.crime_row,
        named.suspect_id as person_id,
        named.row_key,
        named.reported_on,
        named.suspect_status as status,
        named.suspect_status_on as status_on,
        named.named_by,
        named.named_on,
        named.suspect_age as age,
        named.suspect_sex as sex,
        named.suspect_birth_year as birth_year,
        named.suspect_birth_month as birth_month,
        named.suspect_died_on as died_on,
    from (
        from single_row
        union all by name
        from repeated_row
        where repeated_row.suspect_rows = 1
    ) as named
    anti join staged_refusal using (row_key)
    where named.suspect_id is not null
) as lone;
