-- One row per crime in the files, with digests of its suspects and of its victims. No two digests of a crime are of the
-- same suspect or victim, so none takes another out.
create view crime_said as
with repeated_digest as (
    select
        said.crime_row,
        bit_xor(said.digest) filter (where said.is_suspect) as suspects_content,
        bit_xor(said.digest) filter (where not said.is_suspect) as victims_content,
    from (
        select staged_suspect.crime_row, staged_suspect.digest, true as is_suspect,
        from staged_suspect
        semi join repeated_crime using (crime_row)
        union all
        select staged_victim.crime_row, staged_victim.digest, false as is_suspect,
        from staged_victim
        semi join repeated_crime using (crime_row)
    ) as said
    group by said.crime_row
)

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
