-- One row per crime and suspect in the files; values on which the rows disagree are blanked.
create table staged_suspect as
select
    accepted_row.crime_id,
    accepted_row.suspect_id as person_id,
    min(accepted_row.reported_on) as reported_on,
    case when min(accepted_row.suspect_status) = max(accepted_row.suspect_status)
        then min(accepted_row.suspect_status) end as status,
    case when min(accepted_row.suspect_status_on) = max(accepted_row.suspect_status_on)
        then min(accepted_row.suspect_status_on) end as status_on,
    case when min(accepted_row.named_by) = max(accepted_row.named_by)
        then min(accepted_row.named_by) end as named_by,
    case when min(accepted_row.named_on) = max(accepted_row.named_on)
        then min(accepted_row.named_on) end as named_on,
    case when min(accepted_row.suspect_age) = max(accepted_row.suspect_age)
        then min(accepted_row.suspect_age) end as age,
    case when min(accepted_row.suspect_sex) = max(accepted_row.suspect_sex)
        then min(accepted_row.suspect_sex) end as sex,
    case when min(accepted_row.suspect_birth_year) = max(accepted_row.suspect_birth_year)
        then min(accepted_row.suspect_birth_year) end as birth_year,
    case when min(accepted_row.suspect_birth_month) = max(accepted_row.suspect_birth_month)
        then min(accepted_row.suspect_birth_month) end as birth_month,
    case when min(accepted_row.suspect_died_on) = max(accepted_row.suspect_died_on)
        then min(accepted_row.suspect_died_on) end as died_on,
from accepted_row
where accepted_row.suspect_id is not null
group by accepted_row.crime_id, accepted_row.suspect_id;
