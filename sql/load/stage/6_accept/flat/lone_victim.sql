-- One row per victim whom no other row can contradict: of a crime that one row alone names a victim of.
create view lone_victim as
select
    lone.*,
    victim_digest(
        lone.person_id, lone.sex, lone.age, lone.kind, lone.birth_year, lone.birth_month
    ) as digest,
from (
    select
        named.crime_row,
        named.victim_id as person_id,
        named.row_key,
        named.reported_on,
        named.victim_sex as sex,
        named.victim_age as age,
        named.victim_kind as kind,
        named.victim_birth_year as birth_year,
        named.victim_birth_month as birth_month,
    from (
        from single_row
        union all by name
        from repeated_row
        where repeated_row.victim_rows = 1
    ) as named
    anti join staged_refusal using (row_key)
    where named.names_victim
) as lone;
