-- One row: how many rows of a kept list ($rows) are not those that the same list, ranked again, begins with.
with listed as (
    select kept.person_id, kept.harm_rank::bigint as harm_rank, kept.harm_days::decimal(18, 4) as harm_days,
    from read_csv($rows, header = true, all_varchar = true, hive_partitioning = false) as kept
    where kept.harm_rank is not null
),

numbered as (
    select
        ranked_again.*,
        row_number() over (order by ranked_again.harm_rank, ranked_again.person_id) as place,
    from ranked_again
),

beginning as (
    select numbered.person_id, numbered.harm_rank, numbered.harm_days,
    from numbered
    where numbered.place <= (select count(*) from listed)
)

select count(*) as rows_different,
from (
    (from listed except all from beginning)
    union all
    (from beginning except all from listed)
) as different;
