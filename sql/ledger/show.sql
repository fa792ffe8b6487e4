/*
title = "Who asked what"
summary = "One row per read, load, change or disclosure, in the order in which they began."
statement = "What harmrank was asked to do. Who reads the database file by other means is not in it."
columns_first = ["at", "user", "verb", "what", "parameters", "rows", "outcome", "recipient", "reason"]
*/
select
    entry.written_at::timestamp_s as at,
    entry.content ->> 'user' as user,
    entry.content ->> 'login' as login,
    entry.content ->> 'host' as host,
    entry.content ->> 'verb' as verb,
    entry.content ->> 'kind' as kind,
    entry.content ->> 'what' as what,
    entry.parameters::varchar as parameters,
    array_to_string((entry.content -> 'tables')::varchar[], ' ') as tables,
    entry.row_count as rows,
    replace(entry.outcome, '_', ' ') as outcome,
    entry.content ->> 'recipient' as recipient,
    entry.content ->> 'reason' as reason,
    entry.result::varchar as result,
    entry.content ->> 'database' as database,
    entry.file || ':' || entry.place as line,
from ledger_entry as entry
order by entry.written_at, entry.file, entry.place;

select
    'ledger' as topic,
    count(*) as quantity,
    format(
        'entries: {:,}; accounts: {:,}; without an end: {:,}',
        count(*),
        count(distinct begun.file),
        count(*) filter (
            where begun.content ->> 'event' = 'begun'
                and not exists (
                    from ledger_line as ended
                    where ended.file = begun.file
                        and ended.content ->> 'event' = 'ended'
                        and (ended.content ->> 'of')::bigint = (begun.content ->> 'n')::bigint
                )
        )
    ) as note,
from ledger_line as begun
where begun.content ->> 'event' <> 'ended'
order by topic;
