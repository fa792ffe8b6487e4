-- One row per row in quarantine: where it stood, why it is there, and its text.
create table staged_reject as
with refusal as (
    select staged_refusal.file_number, staged_refusal.row_in_file, staged_refusal.crime_id, staged_refusal.reason,
    from staged_refusal
    union all
    select
        staged_list_refusal.file_number, staged_list_refusal.row_in_file, null as crime_id,
        staged_list_refusal.reason,
    from staged_list_refusal
)

select
    staged_refusal.file_number,
    staged_refusal.row_in_file + 2 + (
        select count(*),
        from unread_before
        where
            unread_before.file_number = staged_refusal.file_number
            and unread_before.rows_before <= staged_refusal.row_in_file
    ) as line,
    staged_refusal.crime_id,
    staged_refusal.reason,
    staged_text.row_text,
from refusal as staged_refusal
inner join staged_text using (file_number, row_in_file)
union all
select
    staged_unread.file_number,
    staged_unread.line,
    staged_unread.crime_id,
    staged_unread.reason,
    staged_unread.row_text,
from staged_unread;
