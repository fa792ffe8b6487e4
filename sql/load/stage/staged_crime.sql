-- One row per crime in the files, with a digest of all that they say of it.
create table staged_crime as
with agreed as (
    select
        accepted_row.crime_id,
        count(*) as rows_in,
        min(accepted_row.code_system) as code_system,
        min(accepted_row.code) as code,
        min(accepted_row.ho_class) as ho_class,
        min(accepted_row.item) as item,
        min(accepted_row.reported_on) as reported_on,
        case when min(accepted_row.incident_id) = max(accepted_row.incident_id)
            then min(accepted_row.incident_id) end as incident_id,
        case when min(accepted_row.committed_from_on) = max(accepted_row.committed_from_on)
            then min(accepted_row.committed_from_on) end as committed_from_on,
        case when min(accepted_row.committed_to_on) = max(accepted_row.committed_to_on)
            then min(accepted_row.committed_to_on) end as committed_to_on,
        case when min(accepted_row.status) = max(accepted_row.status)
            then min(accepted_row.status) end as status,
        case when min(accepted_row.detected_by) = max(accepted_row.detected_by)
            then min(accepted_row.detected_by) end as detected_by,
        coalesce(bool_or(accepted_row.is_domestic), false) as is_domestic,
        case when min(accepted_row.borough) = max(accepted_row.borough)
            then min(accepted_row.borough) end as borough,
        case when min(accepted_row.bcu) = max(accepted_row.bcu)
            then min(accepted_row.bcu) end as bcu,
        case when min(accepted_row.area) = max(accepted_row.area)
            then min(accepted_row.area) end as area,
    from accepted_row
    group by accepted_row.crime_id
),

suspect_digest as (
    select
        staged_suspect.crime_id,
        sum(md5_number_lower(concat_ws(
            chr(31), 's', staged_suspect.person_id, coalesce(staged_suspect.status, ''),
            coalesce(staged_suspect.status_on::varchar, ''), coalesce(staged_suspect.named_by, ''),
            coalesce(staged_suspect.named_on::varchar, ''), coalesce(staged_suspect.age::varchar, ''),
            coalesce(staged_suspect.sex, ''), coalesce(staged_suspect.birth_year::varchar, ''),
            coalesce(staged_suspect.birth_month::varchar, ''),
            coalesce(staged_suspect.died_on::varchar, '')
        ))) as digest,
    from staged_suspect
    group by staged_suspect.crime_id
),

victim_digest as (
    select
        staged_victim.crime_id,
        sum(md5_number_lower(concat_ws(
            chr(31), 'v', coalesce(staged_victim.person_id, ''), coalesce(staged_victim.sex, ''),
            coalesce(staged_victim.age::varchar, ''), coalesce(staged_victim.kind, ''),
            coalesce(staged_victim.birth_year::varchar, ''),
            coalesce(staged_victim.birth_month::varchar, '')
        ))) as digest,
    from staged_victim
    group by staged_victim.crime_id
)

select
    agreed.*,
    (
        (
            md5_number_lower(concat_ws(
                chr(31), 'c', coalesce(agreed.incident_id, ''), agreed.code_system,
                coalesce(agreed.code, ''), coalesce(agreed.ho_class, ''), coalesce(agreed.item, ''),
                agreed.reported_on::varchar, coalesce(agreed.committed_from_on::varchar, ''),
                coalesce(agreed.committed_to_on::varchar, ''), coalesce(agreed.status, ''),
                coalesce(agreed.detected_by, ''), agreed.is_domestic::varchar,
                coalesce(agreed.borough, ''), coalesce(agreed.bcu, ''), coalesce(agreed.area, '')
            ))::hugeint
            + coalesce(suspect_digest.digest, 0)
            + coalesce(victim_digest.digest, 0)
        ) % 18446744073709551616::hugeint
    )::ubigint as content,
from agreed
left join suspect_digest using (crime_id)
left join victim_digest using (crime_id);
