-- One row per row of the files as text, for the quarantine; nothing of one that names somebody forgotten.
create view staged_text as
select
    staged_line.file_number,
    staged_line.row_in_file,
    case when suppressed_row.file_number is null then staged_line.row_text else '' end as row_text,
from staged_line
left join suppressed_row using (file_number, row_in_file);
