-- One row per suspect whom no other row can contradict: of a crime that one row alone names a suspect of.
create view lone_suspect as
select
    row_of_suspect.crime_row,
    row_of_suspect.suspect_id as person_id,
    row_of_suspect.row_key,
    row_of_suspect.reported_on,
    row_of_suspect.suspect_status as status,
    row_of_suspect.suspect_status_on as status_on,
    row_of_suspect.named_by,
    row_of_suspect.named_on,
    row_of_suspect.suspect_age as age,
    row_of_suspect.suspect_sex as sex,
    row_of_suspect.suspect_birth_year as birth_year,
    row_of_suspect.suspect_birth_month as birth_month,
    row_of_suspect.suspect_died_on as died_on,
    row_of_suspect.digest,
from row_of_suspect
anti join staged_refusal using (row_key)
anti join (
    select named_in_crime.crime_row,
    from named_in_crime
    where named_in_crime.suspect_rows > 1
) as repeated using (crime_row)
where row_of_suspect.suspect_id is not null;
