-- One row per value blanked or doubted, with its line in the file.
create table staged_doubt as
select
    staged_issue.file_number,
    staged_issue.row_in_file + 2 + (
        select count(*),
        from unread_before
        where
            unread_before.file_number = staged_issue.file_number
            and unread_before.rows_before <= staged_issue.row_in_file
    ) as line,
    staged_issue.crime_id,
    staged_issue.issue,
    staged_issue.column_name,
    staged_issue.bad_value,
from staged_issue;
