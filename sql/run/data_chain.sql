-- One row per load: a fingerprint of it and all before it, of what was loaded from where in which order.
with of_file as (
    select
        load_file.batch_key,
        string_agg(
            concat_ws('|', load_file.file_number, load_file.file_hash, load_file.rows_in),
            ',' order by load_file.file_number
        ) as files,
    from load_file
    group by load_file.batch_key
),

line as (
    select
        load_batch.batch_key,
        concat_ws(
            '|', load_batch.batch_key, load_batch.adapter_hash, load_batch.extract_on, load_batch.rows_in,
            load_batch.rows_new, load_batch.rows_replaced, load_batch.rows_outdated,
            load_batch.rows_refused, of_file.files
        ) as words,
    from load_batch
    left join of_file using (batch_key)
)

select
    line.batch_key::bigint as batch_key,
    sha256(
        string_agg(line.words, chr(10)) over (
            order by line.batch_key rows between unbounded preceding and current row
        )
    ) as chain,
from line
order by line.batch_key;
