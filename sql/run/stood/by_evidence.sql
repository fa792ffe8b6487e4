-- One row per person counted that day: those of a kept list ($rows), and the others by the evidence it kept.
create or replace temp table stood as
with listed as (
    select kept.person_id,
    from read_csv($rows, header = true, all_varchar = true, hive_partitioning = false) as kept
    where kept.harm_rank is not null
)

select
    kept.person_id,
    sum(kept.harm_days) as harm_days,
    bool_or(listed.person_id is not null) as is_listed,
from read_parquet($evidence, hive_partitioning = false) as kept
left join listed using (person_id)
where kept.is_counted
group by kept.person_id
having sum(kept.harm_days) is not null;
