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

-- Rows by verdict: of crimes, of people, and of what has a balance of its own.
create temp table balance as
select verdict.verdict, verdict.rows_in,
from verdict
union all
select
    case
        when person_changed.person_key is not null then 'replaced'
        when person.batch_key = getvariable('batch_key') then 'new'
        when person.known_from > getvariable('extract_on') then 'outdated'
        else 'unchanged'
    end as verdict,
    1 as rows_in,
from staging.row_of_person
inner join person on person.person_id = row_of_person.suspect_id
left join person_changed using (person_key)
where row_of_person.refusal is null
union all
select list_balance.verdict, list_balance.rows_in,
from list_balance
union all
select protected_balance.verdict, protected_balance.rows_in,
from protected_balance;

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
    coalesce(sum(balance.rows_in) filter (where balance.verdict = 'new'), 0) as rows_new,
    coalesce(sum(balance.rows_in) filter (where balance.verdict = 'replaced'), 0) as rows_replaced,
    coalesce(sum(balance.rows_in) filter (where balance.verdict = 'unchanged'), 0) as rows_unchanged,
    coalesce(sum(balance.rows_in) filter (where balance.verdict = 'outdated'), 0) as rows_outdated,
    (select count(*) from staging.staged_reject) as rows_refused,
    (select count(*) from withdrawn) as crimes_withdrawn,
    (
        select count(*),
        from ended_suspect
        anti join (
            select suspect.crime_key, suspect.person_key,
            from suspect
            semi join ended using (crime_key)
        ) as suspect_after using (crime_key, person_key)
    ) as suspects_ended,
    (
        select count(*),
        from (
            from ended_victim
            except all
            select victim.crime_key, victim.person_key,
            from victim
            semi join ended using (crime_key)
        ) as gone
    ) as victims_ended,
    (select count(*) from staging.suppressed_row)
    + (select count(*) from staging.staged_unread where staged_unread.row_text = '') as rows_suppressed,
    getvariable('columns_unread') as columns_unread,
    getvariable('warnings') as warnings,
    getvariable('values_explained') as values_explained,
    getvariable('code_system_given') as code_system,
from balance;
