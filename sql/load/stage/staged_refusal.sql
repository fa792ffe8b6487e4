-- One row per row that cannot be taken, with the reason: one bad row refuses its whole crime (rule 3).
create table staged_refusal as
with contradiction as (
    select
        staged_row.crime_id,
        case
            when min(staged_row.reported_on) <> max(staged_row.reported_on)
                then concat(
                    'the rows of this crime carry two report dates: ',
                    min(staged_row.reported_on), ' and ', max(staged_row.reported_on)
                )
            when min(staged_row.code_system) <> max(staged_row.code_system)
                then 'the rows of this crime carry two code systems'
            when min(staged_row.code) <> max(staged_row.code)
                then concat(
                    'the rows of this crime carry two codes: ',
                    min(staged_row.code), ' and ', max(staged_row.code)
                )
            when min(staged_row.ho_class) <> max(staged_row.ho_class)
                then concat(
                    'the rows of this crime carry two classes: ',
                    min(staged_row.ho_class), ' and ', max(staged_row.ho_class)
                )
            when min(staged_row.item) <> max(staged_row.item)
                then concat(
                    'the rows of this crime carry two items: ',
                    min(staged_row.item), ' and ', max(staged_row.item)
                )
        end as reason,
    from staged_row
    inner join repeated_crime using (crime_id)
    where repeated_crime.said_row is null
    group by staged_row.crime_id
    having reason is not null
),

refused_crime as (
    select staged_row.crime_id,
    from staged_row
    where staged_row.refusal is not null and staged_row.crime_id is not null
    union
    select contradiction.crime_id,
    from contradiction
    union
    select staged_unread.crime_id,
    from staged_unread
    where staged_unread.crime_id is not null
)

select
    staged_row.file_number,
    staged_row.row_in_file,
    staged_row.crime_id,
    coalesce(
        staged_row.refusal,
        contradiction.reason,
        'another row of this crime was refused'
    ) as reason,
from staged_row
left join contradiction using (crime_id)
left join refused_crime using (crime_id)
where staged_row.refusal is not null or refused_crime.crime_id is not null;
