-- One row per row that cannot be taken, with the reason: one bad row refuses its whole crime (rule 3).
create table staged_refusal as
with contradiction as (
    select
        said.crime_id,
        case
            when min(said.reported_on) <> max(said.reported_on)
                then concat(
                    'the rows of this crime carry two report dates: ',
                    min(said.reported_on), ' and ', max(said.reported_on)
                )
            when min(said.code_system) <> max(said.code_system)
                then 'the rows of this crime carry two code systems'
            when min(said.code) <> max(said.code)
                then concat('the rows of this crime carry two codes: ', min(said.code), ' and ', max(said.code))
            when min(said.ho_class) <> max(said.ho_class)
                then concat(
                    'the rows of this crime carry two classes: ', min(said.ho_class), ' and ', max(said.ho_class)
                )
            when min(said.item) <> max(said.item)
                then concat('the rows of this crime carry two items: ', min(said.item), ' and ', max(said.item))
        end as reason,
    from repeated_crime_row as said
    group by said.crime_id
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
    staged_row.row_key,
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
