-- One row per line that could not be read at all, with the rows staged before it.
-- Such lines are not among the staged rows, which shifts the lines of the rows after them.
create view unread_before as
select
    staged_unread.file_number,
    staged_unread.line - 1 - row_number() over (
        partition by staged_unread.file_number
        order by staged_unread.line
    ) as rows_before,
from staged_unread;
