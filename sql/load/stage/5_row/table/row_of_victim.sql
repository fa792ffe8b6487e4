-- One row per row of a table of victims, with the row that stands for its crime.
create table row_of_victim as
select
    typed.row_key,
    typed.file_number,
    typed.row_in_file,
    typed.crime_id,
    crime_number.crime_row,
    crime_number.reported_on,
    typed.victim_id,
    typed.victim_sex,
    typed.victim_birth_year,
    typed.victim_birth_month,
    typed.victim_age,
    typed.victim_kind,
    typed.carried,
    typed.is_doubtful,
    typed.refusal,
    victim_digest(
        typed.victim_id, typed.victim_sex, typed.victim_age, typed.victim_kind, typed.victim_birth_year,
        typed.victim_birth_month
    ) as digest,
from typed_row('victim') as typed
left join crime_number using (crime_id);
