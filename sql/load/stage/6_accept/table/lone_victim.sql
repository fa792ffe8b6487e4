-- One row per victim whom no other row can contradict: of a crime that one row alone names a victim of.
create view lone_victim as
select
    row_of_victim.crime_row,
    row_of_victim.victim_id as person_id,
    row_of_victim.row_key,
    row_of_victim.reported_on,
    row_of_victim.victim_sex as sex,
    row_of_victim.victim_age as age,
    row_of_victim.victim_kind as kind,
    row_of_victim.victim_birth_year as birth_year,
    row_of_victim.victim_birth_month as birth_month,
    row_of_victim.digest,
from row_of_victim
anti join staged_refusal using (row_key)
anti join (
    select named_in_crime.crime_row,
    from named_in_crime
    where named_in_crime.victim_rows > 1
) as repeated using (crime_row);
