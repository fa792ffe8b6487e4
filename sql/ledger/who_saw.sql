/*
title = "Who saw what of a person"
summary = "One row per read of the person: asked about by a reference of theirs, or shown in a kept list."
statement = "Lists that were printed and not kept, and files of --output that are gone, do not say whom they showed: they are counted beneath. Who reads the database file by other means is not in it."
columns_first = ["at", "user", "how", "verb", "what", "run", "recipient", "reason"]
*/
with asked as (
    select entry.file, entry.number, 'asked about by a reference' as how, null::varchar as run,
    from ledger_entry as entry
    where
        exists (
            from person_hash
            where
                contains(entry.content::varchar, person_hash.hash)
                or contains(coalesce(entry.parameters::varchar, ''), person_hash.hash)
        )
),

of_list as (
    select entry.file, entry.number, kept_run.shown as how, kept_run.run,
    from ledger_entry as entry
    inner join kept_run
        on (kept_run.file = entry.file and kept_run.line_number = entry.number)
            or entry.result ->> 'run' = kept_run.run
            or (
                entry.content ->> 'verb' in ('runs show', 'runs verify', 'runs diff', 'runs adopt')
                and list_contains(string_split(entry.content ->> 'what', ' '), kept_run.run)
            )
            or list_contains((entry.result -> 'lists')::varchar[], kept_run.run)
            -- To whom it was disclosed is a line of its own.
            or (kept_run.file = entry.file and (entry.content ->> 'of')::bigint = kept_run.line_number)
    where kept_run.shown is not null
),

seen as (
    select asked.file, asked.number, asked.how, asked.run,
    from asked
    union
    select of_list.file, of_list.number, of_list.how, of_list.run,
    from of_list
)

select
    entry.written_at::timestamp_s as at,
    entry.content ->> 'user' as user,
    entry.content ->> 'host' as host,
    seen.how,
    entry.content ->> 'verb' as verb,
    entry.content ->> 'kind' as kind,
    entry.content ->> 'what' as what,
    seen.run,
    entry.row_count as rows,
    replace(entry.outcome, '_', ' ') as outcome,
    entry.content ->> 'recipient' as recipient,
    entry.content ->> 'reason' as reason,
    entry.file || ':' || entry.place as line,
from seen
inner join ledger_entry as entry using (file, number)
order by entry.written_at, entry.file, entry.place, seen.how, seen.run;

select
    'gone' as topic,
    1 as quantity,
    format('run {} of {} on {} is gone: whom it showed is not known',
        entry.result ->> 'run', entry.content ->> 'what', entry.written_at::date) as note,
from ledger_entry as entry
where
    entry.result ->> 'run' is not null
    and entry.result ->> 'run' not in (select kept_run.run from kept_run)
union all
select
    'not kept',
    count(*),
    format('{:,} reads of reports and SQL were shown and not kept: whom they showed is not known', count(*)),
from ledger_entry as entry
where
    entry.content ->> 'verb' in ('report', 'sql')
    and entry.content ->> 'kind' = 'consultation'
    and entry.result ->> 'run' is null
    and coalesce(entry.row_count, 0) > 0
having count(*) > 0
order by topic, note;
