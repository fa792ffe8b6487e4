/*
title = "What has to be decided about a load"
summary = "One row per thing that was in doubt when files were read, what changes most ranks first."
statement = "What was read and what was made of it; not of anybody in the files."
columns_first = ["kind", "topic", "quantity", "total", "percent", "note", "remedy", "examples"]
example = "--load 1"

[param.load]
type = "integer"
optional = true
range = [1, 2000000000]
help = "Number of the load; the newest unless given."
*/
create or replace temp table asked_load as
select
    coalesce($load::integer, max(load_batch.batch_key)) as batch_key,
    any_value(load_batch.extract_on) filter (
        where load_batch.batch_key = coalesce($load::integer, (select max(newest.batch_key) from load_batch as newest))
    ) as extract_on,
from load_batch;

select
    load_decision.kind,
    load_decision.topic,
    load_decision.quantity,
    load_decision.total,
    round(100 * load_decision.quantity / nullif(load_decision.total, 0), 1)::decimal(5, 1) as percent,
    load_decision.note,
    array_to_string(load_decision.examples, ', ') as examples,
    load_decision.remedy,
from load_decision
semi join asked_load using (batch_key)
order by load_decision.place;

select
    1 as place,
    'load' as topic,
    count(load_decision.kind) filter (where load_decision.kind <> 'tell') as quantity,
    case
        when any_value(asked_load.extract_on) is null
            then format('there is no load {}', any_value(asked_load.batch_key))
        else format(
            'load {}, extract of {}: {} to decide', any_value(asked_load.batch_key), any_value(asked_load.extract_on),
            number_of(count(load_decision.kind) filter (where load_decision.kind <> 'tell'), 'thing', 'things')
        )
    end as note,
from asked_load
left join load_decision using (batch_key);
