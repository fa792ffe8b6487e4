-- One row per row of a table of people, or of days of death.
create table row_of_person as
select
    typed.row_key,
    typed.file_number,
    typed.row_in_file,
    typed.suspect_id,
    typed.suspect_sex,
    typed.suspect_birth_year,
    typed.suspect_birth_month,
    typed.suspect_died_on,
    typed.is_doubtful,
    typed.refusal,
from typed_row('person') as typed;
