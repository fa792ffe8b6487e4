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

-- Rows by verdict: of crimes, of people, and of lists that are given whole.
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
from staging.staged_row
inner join person on person.person_id = staged_row.suspect_id
left join person_changed using (person_key)
where staged_row.part = 'person' and staged_row.refusal is null
union all
select
    case
        when not getvariable('takes_identity') then 'outdated'
        when identity_history.person_id is not null then 'unchanged'
        else 'new'
    end as verdict,
    1 as rows_in,
from staging.identity_said
left join (
    select distinct identity_history.person_id, identity_history.is_person_id,
    from identity_history
    where identity_history.ended_batch_key = getvariable('batch_key')
) as identity_history using (person_id, is_person_id)
union all
select
    case
        when not getvariable('takes_custody') then 'outdated'
        when custody_history.person_id is not null then 'unchanged'
        else 'new'
    end as verdict,
    1 as rows_in,
from staging.custody_said
left join (
    select distinct custody_history.person_id, custody_history.from_on, custody_history.to_on,
    from custody_history
    where custody_history.ended_batch_key = getvariable('batch_key')
) as custody_history
    on custody_history.person_id = custody_said.person_id
    and custody_history.from_on = custody_said.from_on
    and custody_history.to_on is not distinct from custody_said.to_on
union all
select
    case
        when not getvariable('takes_exclusion') then 'outdated'
        when exclusion_history.person_id is not null then 'unchanged'
        else 'new'
    end as verdict,
    1 as rows_in,
from staging.exclusion_said
left join (
    select distinct exclusion_history.* exclude (person_key, batch_key, ended_batch_key),
    from exclusion_history
    where exclusion_history.ended_batch_key = getvariable('batch_key')
) as exclusion_history using (person_id, from_on, review_on, decided_by, reason)
union all
select
    case
        when not getvariable('takes_action') then 'outdated'
        when action_history.person_id is not null then 'unchanged'
        else 'new'
    end as verdict,
    1 as rows_in,
from staging.action_said
left join (
    select distinct action_history.* exclude (person_key, batch_key, ended_batch_key),
    from action_history
    where action_history.ended_batch_key = getvariable('batch_key')
) as action_history
    on action_history.person_id = action_said.person_id
    and action_history.acted_on = action_said.acted_on
    and action_history.kind = action_said.kind
    and action_history.reason is not distinct from action_said.reason
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
    (select count(*) from staging.suppressed_row)
    + (select count(*) from staging.staged_unread where staged_unread.row_text = '') as rows_suppressed,
    getvariable('columns_unread') as columns_unread,
    getvariable('warnings') as warnings,
from balance;
