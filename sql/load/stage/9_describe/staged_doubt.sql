-- One row per value blanked or doubted, with its line in the file.
create table staged_doubt as
select
    file_of_row(staged_issue.row_key) as file_number,
    place_of_row(staged_issue.row_key) + 2 + (
        select count(*),
        from unread_before
        where
            unread_before.file_number = file_of_row(staged_issue.row_key)
            and unread_before.rows_before <= place_of_row(staged_issue.row_key)
    ) as line,
    staged_issue.crime_id,
    staged_issue.issue,
    staged_issue.column_name,
    staged_issue.bad_value,
from staged_issue;
