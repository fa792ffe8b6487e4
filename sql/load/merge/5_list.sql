-- A list that is given replaces what was held. An older list does not replace a newer one. What has a list in braces is
-- run for each, see sql/list/list_kind.sql.
create temp table list_balance (verdict varchar, rows_in bigint);

set variable takes_{list} = (
    select
        getvariable('gives_{list}')
        and coalesce(max(load_batch.extract_on) <= getvariable('extract_on'), true)
    from load_batch
    where
        load_batch.batch_key in (select {list}.batch_key from {list})
        or load_batch.batch_key in (select {list}_history.ended_batch_key from {list}_history)
);

insert into {list}_history by name
select {list}.*, getvariable('batch_key') as ended_batch_key,
from {list}
where getvariable('takes_{list}');

delete from {list}
where getvariable('takes_{list}');

insert into {list} by name
select staged_{list}.*, getvariable('batch_key') as batch_key,
from staging.staged_{list}
where getvariable('takes_{list}')
order by {columns};

-- Rows of the lists by verdict.
insert into list_balance by name
select
    case
        when not getvariable('takes_{list}') then 'outdated'
        when said in (
            select held,
            from (
                select distinct {columns}
                from {list}_history
                where {list}_history.ended_batch_key = getvariable('batch_key')
            ) as held
        ) then 'unchanged'
        else 'new'
    end as verdict,
    1 as rows_in,
from staging.{list}_said as said;
