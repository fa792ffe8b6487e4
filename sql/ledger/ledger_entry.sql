-- One row per thing that was done: the line that began it with the line that ended it. Parameters as resolved where the
-- work came so far, else as given.
create view ledger_entry as
with line as (
    select
        ledger_line.file,
        ledger_line.place,
        ledger_line.written_at,
        ledger_line.content,
        (ledger_line.content ->> 'n')::bigint as number,
        ledger_line.content ->> 'event' as event,
        (ledger_line.content ->> 'of')::bigint as ends_number,
    from ledger_line
)

select
    begun.*,
    ended.place as ended_place,
    coalesce(ended.content ->> 'outcome', if(begun.event = 'begun', 'no end', 'done')) as outcome,
    coalesce((ended.content ->> 'rows')::bigint, (begun.content ->> 'rows')::bigint) as row_count,
    coalesce(ended.content -> 'parameters', begun.content -> 'parameters') as parameters,
    coalesce(ended.content -> 'result', begun.content -> 'result') as result,
from line as begun
left join line as ended
    on ended.file = begun.file and ended.ends_number = begun.number and ended.event = 'ended'
where begun.event <> 'ended';
