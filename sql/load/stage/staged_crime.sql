-- One row per crime in the files, with digests of what they say of it, of its suspects and of its victims.
create table staged_crime as
with agreed as (
    select
        repeated_row.crime_row,
        min(repeated_row.crime_id) as crime_id,
        count(*) as rows_in,
        bool_or(repeated_row.part in ('row', 'crime')) as is_said,
        bool_or(repeated_row.part = 'suspect' or repeated_row.suspect_id is not null) as has_suspects,
        bool_or(repeated_row.part = 'victim') as has_victims,
        min(repeated_row.code_system) as code_system,
        min(repeated_row.code) as code,
        min(repeated_row.ho_class) as ho_class,
        min(repeated_row.item) as item,
        min(repeated_row.reported_on) as reported_on,
        case when min(repeated_row.incident_id) = max(repeated_row.incident_id)
            then min(repeated_row.incident_id) end as incident_id,
        case when min(repeated_row.committed_from_on) = max(repeated_row.committed_from_on)
            then min(repeated_row.committed_from_on) end as committed_from_on,
        case when min(repeated_row.committed_to_on) = max(repeated_row.committed_to_on)
            then min(repeated_row.committed_to_on) end as committed_to_on,
        case when min(repeated_row.status) = max(repeated_row.status)
            then min(repeated_row.status) end as status,
        case when min(repeated_row.detected_by) = max(repeated_row.detected_by)
            then min(repeated_row.detected_by) end as detected_by,
        coalesce(bool_or(repeated_row.is_domestic), false) as is_domestic,
        case when min(repeated_row.borough) = max(repeated_row.borough)
            then min(repeated_row.borough) end as borough,
        case when min(repeated_row.bcu) = max(repeated_row.bcu)
            then min(repeated_row.bcu) end as bcu,
        case when min(repeated_row.area) = max(repeated_row.area)
            then min(repeated_row.area) end as area,
        coalesce(min(repeated_carried.carried), min(repeated_row.carried)) as carried,
    from repeated_row
    left join repeated_carried using (crime_row)
    where repeated_row.said_row is null
    group by repeated_row.crime_row
),

said_carried as (
    select repeated_row.crime_row, min(repeated_row.carried) as carried,
    from repeated_row
    where repeated_row.said_row is not null and repeated_row.carried is not null
    group by repeated_row.crime_row
),

-- Of a crime that one row alone speaks of, that row; others name its suspects and victims.
said_once as (
    select
        repeated_crime.crime_row,
        staged_row.crime_id,
        repeated_crime.rows_in,
        true as is_said,
        false as has_suspects,
        false as has_victims,
        staged_row.code_system,
        staged_row.code,
        staged_row.ho_class,
        staged_row.item,
        staged_row.reported_on,
        staged_row.incident_id,
        staged_row.committed_from_on,
        staged_row.committed_to_on,
        staged_row.status,
        staged_row.detected_by,
        coalesce(staged_row.is_domestic, false) as is_domestic,
        staged_row.borough,
        staged_row.bcu,
        staged_row.area,
        coalesce(repeated_carried.carried, said_carried.carried) as carried,
    from repeated_crime
    inner join staged_row on staged_row.rowid = repeated_crime.said_row
    anti join staged_refusal using (file_number, row_in_file)
    left join repeated_carried using (crime_row)
    left join said_carried using (crime_row)
),

-- No two digests of a crime are of the same suspect or victim, so none takes another out.
repeated_digest as (
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
),

crime as (
    select
        single_row.crime_row,
        single_row.crime_id,
        1 as rows_in,
        single_row.part in ('row', 'crime') as is_said,
        single_row.part = 'suspect' or single_row.suspect_id is not null as has_suspects,
        single_row.part = 'victim' as has_victims,
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
                    single_row.suspect_id, single_row.suspect_status,
                    single_row.suspect_status_on, single_row.named_by, single_row.named_on,
                    single_row.suspect_age, single_row.suspect_sex,
                    single_row.suspect_birth_year, single_row.suspect_birth_month,
                    single_row.suspect_died_on
                )
            else 0
        end as suspects_content,
        case
            when single_row.names_victim
                then victim_digest(
                    single_row.victim_id, single_row.victim_sex, single_row.victim_age,
                    single_row.victim_kind, single_row.victim_birth_year,
                    single_row.victim_birth_month
                )
            else 0
        end as victims_content,
    from single_row
    union all
    select
        agreed.*,
        coalesce(repeated_digest.suspects_content, 0) as suspects_content,
        coalesce(repeated_digest.victims_content, 0) as victims_content,
    from (
        select agreed.*,
        from agreed
        union all
        select said_once.*,
        from said_once
    ) as agreed
    left join repeated_digest using (crime_row)
)

select
    crime.* exclude (is_said, has_suspects, has_victims),
    -- Of a crime that is itself in the files they say all; of another, what they name (rule 6).
    case when crime.is_said then getvariable('gives_suspect') else crime.has_suspects end
        as speaks_of_suspects,
    case when crime.is_said then getvariable('gives_victim') else crime.has_victims end
        as speaks_of_victims,
    -- The outer hash mixes the last value in.
    hash(hash(
        'c', crime.incident_id, crime.code_system, crime.code, crime.ho_class, crime.item,
        crime.reported_on, crime.committed_from_on, crime.committed_to_on, crime.status,
        crime.detected_by, crime.is_domestic, crime.borough, crime.bcu, crime.area,
        crime.carried
    )) as crime_content,
from crime;
