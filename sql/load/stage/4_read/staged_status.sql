-- One row per way of writing a status in the files, with what it means: by --value, by status_word, or not understood. Only what
-- is empty at the source is no status (rule 9).
create table staged_status as
select
    written.column_name,
    written.raw_status,
    case
        when clean_text(written.raw_status) is not null
            then coalesce(staged_value.status, status_word.status, 'not_understood')
    end as status,
from (
    select distinct 'status' as column_name, staged_flat.status as raw_status,
    from staged_flat
    where staged_flat.status is not null
    union all
    select distinct 'suspect_status' as column_name, staged_flat.suspect_status as raw_status,
    from staged_flat
    where staged_flat.suspect_status is not null
) as written
left join staged_value
    on staged_value.column_name = written.column_name
    and staged_value.word = status_form(written.raw_status)
left join status_word
    on status_word.column_name = written.column_name
    and status_word.word = status_form(written.raw_status);
