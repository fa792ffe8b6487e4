-- One row per person of a kept list ($rows), and of the same list ranked again, longer.
create or replace temp table stood as
with listed as (
    select kept.person_id,
    from read_csv($rows, header = true, all_varchar = true, hive_partitioning = false) as kept
    where kept.harm_rank is not null
)

select ranked_again.person_id, ranked_again.harm_days, listed.person_id is not null as is_listed,
from ranked_again
left join listed using (person_id);
