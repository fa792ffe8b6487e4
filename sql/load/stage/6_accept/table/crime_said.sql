-- One row per crime in the files, with digests of its suspects and of its victims. Of a crime that is itself in the files
-- they say all; of another, what they name (rule 6).
create view crime_said as
with lone as (
    select
        row_of_crime.row_key as crime_row,
        row_of_crime.crime_id,
        1 as rows_in,
        row_of_crime.code_system,
        row_of_crime.code,
        row_of_crime.ho_class,
        row_of_crime.item,
        row_of_crime.reported_on,
        row_of_crime.incident_id,
        row_of_crime.committed_from_on,
        row_of_crime.committed_to_on,
        row_of_crime.status,
        row_of_crime.detected_by,
        coalesce(row_of_crime.is_domestic, false) as is_domestic,
        row_of_crime.borough,
        row_of_crime.bcu,
        row_of_crime.area,
        true as is_said,
    from row_of_crime
    anti join staged_refusal using (row_key)
    anti join (
        select crime_number.crime_id,
        from crime_number
        where crime_number.crime_rows > 1
    ) as repeated using (crime_id)
),

elsewhere as (
    select
        crime_number.crime_row,
        crime_number.crime_id,
        0 as rows_in,
        false as is_domestic,
        false as is_said,
    from crime_number
    anti join staged_refusal using (crime_id)
    where crime_number.crime_rows = 0
)

select
    crime.* exclude (rows_in, is_said),
    crime.rows_in + coalesce(named_in_crime.suspect_lines + named_in_crime.victim_rows, 0) as rows_in,
    repeated_carried.carried,
    coalesce(
        case when repeated_digest.crime_row is null then named_in_crime.suspects_content
            else repeated_digest.suspects_content end,
        0
    ) as suspects_content,
    coalesce(
        case when repeated_digest.crime_row is null then named_in_crime.victims_content
            else repeated_digest.victims_content end,
        0
    ) as victims_content,
    case when crime.is_said then getvariable('gives_suspect') else named_in_crime.suspect_lines > 0 end
        as speaks_of_suspects,
    case when crime.is_said then getvariable('gives_victim') else named_in_crime.victim_rows > 0 end
        as speaks_of_victims,
from (
    from lone
    union all by name
    select agreed_crime.*, true as is_said,
    from agreed_crime
    union all by name
    from elsewhere
) as crime
left join named_in_crime using (crime_row)
left join repeated_carried using (crime_row)
left join repeated_digest using (crime_row);
