-- One row per kind of value that a load blanked or doubted, most rows first: how many rows, and an example with its place.
select
    concat(load_issue.column_name, ' ', load_issue.issue) as what,
    count(*) as issue_rows,
    arg_min(
        concat(
            case
                -- The rows of an adapter are of no file: they are found by their crime.
                when load_batch.adapter in ('flat', 'tables')
                    then concat(load_file.file_name, ' line ', load_issue.line)
                else concat_ws(
                    ', ',
                    load_file.file_name,
                    'crime ' || load_issue.crime_id,
                    concat('row ', load_issue.line - 1, ' of the adapter')
                )
            end,
            case when load_issue.bad_value is not null then concat(': ', load_issue.bad_value) end
        ),
        (load_issue.file_number, load_issue.line)
    ) as example,
from load_issue
inner join load_file using (batch_key, file_number)
inner join load_batch using (batch_key)
where load_issue.batch_key = $batch_key
group by what
order by issue_rows desc, what;
