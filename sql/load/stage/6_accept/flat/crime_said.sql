-- One row per crime in the files, with digests of its suspects and of its victims.
create view crime_said as
select
    single_row.crime_row,
    single_row.crime_id,
    1 as rows_in,
    single_row.code_system,
    single_row.code,
    single_row.ho_class,
    single_row.item,
    single_row.reported_on,
    single_row.incident_id,
    single_row.committed_from_on,
    single_row.committed_to_on,
    single_row.status,
    single_row.detected_by,
    coalesce(single_row.is_domestic, false) as is_domestic,
    single_row.borough,
    single_row.bcu,
    single_row.area,
    single_row.carried,
    case
        when single_row.suspect_id is not null
            then suspect_digest(
                single_row.suspect_id, single_row.suspect_status, single_row.suspect_status_on,
                single_row.named_by, single_row.named_on, single_row.suspect_age, single_row.suspect_sex,
                single_row.suspect_birth_year, single_row.suspect_birth_month, single_row.suspect_died_on
            )
        else 0
    end as suspects_content,
    case
        when single_row.names_victim
            then victim_digest(
                single_row.victim_id, single_row.victim_sex, single_row.victim_age, single_row.victim_kind,
                single_row.victim_birth_year, single_row.victim_birth_month
            )
        else 0
    end as victims_content,
    getvariable('gives_suspect') as speaks_of_suspects,
    getvariable('gives_victim') as speaks_of_victims,
from single_row
anti join staged_refusal using (row_key)
union all by name
select
    agreed_crime.*,
    repeated_carried.carried,
    coalesce(repeated_digest.suspects_content, 0) as suspects_content,
    coalesce(repeated_digest.victims_content, 0) as victims_content,
    getvariable('gives_suspect') as speaks_of_suspects,
    getvariable('gives_victim') as speaks_of_victims,
from agreed_crime
left join repeated_carried using (crime_row)
left join repeated_digest using (crime_row);
