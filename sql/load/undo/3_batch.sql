-- That there was such a load stays on record; its number is not given again.
insert into load_undone by name
select
    load_batch.batch_key,
    load_batch.adapter,
    load_batch.extract_on,
    load_batch.rows_in,
    (
        select coalesce(string_agg(load_file.file_name, ', ' order by load_file.file_number), '')
        from load_file
        where load_file.batch_key = getvariable('batch_key')
    ) as file_names,
    getvariable('today') as undone_on,
from load_batch
where load_batch.batch_key = getvariable('batch_key');

delete from load_reject
where load_reject.batch_key = getvariable('batch_key');

delete from load_issue
where load_issue.batch_key = getvariable('batch_key');

delete from load_file
where load_file.batch_key = getvariable('batch_key');

delete from load_decision
where load_decision.batch_key = getvariable('batch_key');

delete from describing_load
where describing_load.batch_key = getvariable('batch_key');

delete from load_batch
where load_batch.batch_key = getvariable('batch_key');
