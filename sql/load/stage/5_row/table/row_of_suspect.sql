-- One row per row of a table of suspects, with the row that stands for its crime.
create table row_of_suspect as
select
    typed.row_key,
    typed.file_number,
    typed.row_in_file,
    typed.crime_id,
    crime_number.crime_row,
    crime_number.reported_on,
    typed.suspect_id,
    typed.suspect_age,
    typed.suspect_sex,
    typed.suspect_birth_year,
    typed.suspect_birth_month,
    typed.suspect_died_on,
    typed.suspect_status,
    typed.suspect_status_on,
    typed.named_by,
    typed.named_on,
    typed.carried,
    typed.is_doubtful,
    typed.refusal,
    case
        when typed.suspect_id is not null
            then suspect_digest(
                typed.suspect_id, typed.suspect_status, typed.suspect_status_on, typed.named_by, typed.named_on,
                typed.suspect_age, typed.suspect_sex, typed.suspect_birth_year, typed.suspect_birth_month,
                typed.suspect_died_on
            )
    end as digest,
from typed_row('suspect') as typed
left join crime_number using (crime_id);
