-- The account of the load: the balance, the quarantine, the doubts.
insert into load_reject by name
select
    getvariable('batch_key') as batch_key,
    staged_reject.file_number,
    staged_reject.line,
    staged_reject.crime_id,
    staged_reject.reason,
    staged_reject.row_text,
from staging.staged_reject;

insert into load_issue by name
select
    getvariable('batch_key') as batch_key,
    staged_doubt.file_number,
    staged_doubt.line,
    staged_doubt.crime_id,
    staged_doubt.issue,
    staged_doubt.column_name,
    staged_doubt.bad_value,
from staging.staged_doubt;

insert into load_file by name
select
    getvariable('batch_key') as batch_key,
    staged_file.file_number,
    staged_file.file_name,
    staged_file.file_bytes,
    staged_file.file_hash,
    staged_file.rows_in,
from staging.staged_file;

insert into load_batch by name
select
    getvariable('batch_key') as batch_key,
    getvariable('adapter') as adapter,
    getvariable('adapter_hash') as adapter_hash,
    getvariable('extract_on') as extract_on,
    getvariable('is_extract_on_given') as is_extract_on_given,
    getvariable('full_from_on') as full_from_on,
    getvariable('full_to_on') as full_to_on,
    (select coalesce(sum(staged_file.rows_in), 0) from staging.staged_file) as rows_in,
    coalesce(sum(verdict.rows_in) filter (where verdict.verdict = 'new'), 0) as rows_new,
    coalesce(sum(verdict.rows_in) filter (where verdict.verdict = 'replaced'), 0) as rows_replaced,
    coalesce(sum(verdict.rows_in) filter (where verdict.verdict = 'unchanged'), 0) as rows_unchanged,
    coalesce(sum(verdict.rows_in) filter (where verdict.verdict = 'outdated'), 0) as rows_outdated,
    (select count(*) from staging.staged_reject) as rows_refused,
    (select count(*) from withdrawn) as crimes_withdrawn,
    (
        select count(*),
        from suspect_before
        anti join (
            select suspect.crime_key, suspect.person_key,
            from suspect
            semi join ended using (crime_key)
        ) as suspect_after using (crime_key, person_key)
    ) as suspects_ended,
    (
        select count(*),
        from (
            from victim_before
            except all
            select victim.crime_key, victim.person_key,
            from victim
            semi join ended using (crime_key)
        ) as gone
    ) as victims_ended,
    getvariable('columns_unread') as columns_unread,
from verdict;
