-- One row per line that is not among the staged rows, with the rows staged before it: it could not be read
-- at all, or holds no row. Such lines shift the lines of the rows after them.
create view unread_before as
with line_not_staged as (
    select
        staged_unread.file_number,
        staged_unread.line,
    from staged_unread
    union all
    select
        staged_line_without_row.file_number,
        staged_line_without_row.line,
    from staged_line_without_row
)

select
    line_not_staged.file_number,
    line_not_staged.line - 1 - row_number() over (
        partition by line_not_staged.file_number
        order by line_not_staged.line
    ) as rows_before,
from line_not_staged;
