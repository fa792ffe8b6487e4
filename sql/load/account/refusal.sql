-- One row per reason for which a load refused rows, most rows first: how many rows, and an example with its place. Where a
-- reason names the values that contradict each other it is one of many: more than three of a kind are one row with three
-- examples.
with refused as (
    select
        load_reject.reason,
        load_reject.file_number,
        load_reject.line,
        case
            -- The rows of an adapter are of no file: they are found by their crime.
            when load_batch.adapter in ('flat', 'tables')
                then concat(load_file.file_name, ' line ', load_reject.line)
            else concat_ws(
                ', ',
                load_file.file_name,
                'crime ' || load_reject.crime_id,
                concat('row ', load_reject.line - 1, ' of the adapter')
            )
        end as place,
        regexp_replace(load_reject.reason, '^(the rows of this crime carry two [a-z ]+): .*$', '\1') as kind,
    from load_reject
    inner join load_file using (batch_key, file_number)
    inner join load_batch using (batch_key)
    where load_reject.batch_key = $batch_key
),

kind_of_reason as (
    select refused.kind, count(distinct refused.reason) > 3 as is_joined,
    from refused
    group by refused.kind
)

select
    if(kind_of_reason.is_joined, refused.kind, refused.reason) as what,
    count(*) as refused_rows,
    if(
        any_value(kind_of_reason.is_joined),
        array_to_string(
            list_slice(
                list(
                    concat(refused.place, replace(refused.reason, refused.kind, ''))
                    order by refused.file_number, refused.line
                ),
                1, 3
            ),
            '; '
        ),
        arg_min(refused.place, (refused.file_number, refused.line))
    ) as example,
from refused
inner join kind_of_reason using (kind)
group by what
order by refused_rows desc, what;
