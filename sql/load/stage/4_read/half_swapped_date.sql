-- One row per file and column whose dates a spreadsheet has swapped by half (rule 8): what it could read as month/day is stored as a
-- date, all of days 1 to 12; the rest is text as it was written, all of days 13 and later.
create view half_swapped_date as
with written as (
    select
        staged_flat.file_number,
        unnest([
            struct_pack(column_name := 'reported_on', written := staged_flat.reported_on),
            struct_pack(column_name := 'committed_from_on', written := staged_flat.committed_from_on),
            struct_pack(column_name := 'committed_to_on', written := staged_flat.committed_to_on),
            struct_pack(column_name := 'named_on', written := staged_flat.named_on),
            struct_pack(column_name := 'suspect_status_on', written := staged_flat.suspect_status_on)
        ]) as dated,
    from staged_flat
),

part as (
    select
        written.file_number,
        written.dated.column_name as column_name,
        case when written.dated.written[5:5] = '-' then try_cast(written.dated.written[9:10] as integer) end
            as stored_day,
        case
            when written.dated.written[2:2] = '/' or written.dated.written[3:3] = '/'
                then try_cast(split_part(written.dated.written, '/', 1) as integer)
        end as written_day,
    from written
    where written.dated.written is not null
)

select
    part.file_number,
    part.column_name,
    count(part.stored_day) as stored_dates,
    count(part.written_day) as written_dates,
from part
group by part.file_number, part.column_name
having
    count(part.stored_day) > 2
    and count(part.written_day) > 0
    and max(part.stored_day) <= 12
    and min(part.written_day) > 12;
