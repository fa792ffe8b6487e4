-- What two kept runs rest on, side by side.
create table earlier_evidence as
with kept as (
    from read_parquet($earlier_evidence, hive_partitioning = false)
    union all by name
    -- Evidence that was kept before rules had codes has their words alone, and no place.
    select null::varchar as rule, null::boolean as is_in_place
    where false
)

select kept.* replace (coalesce(kept.rule, rule_of_reason(kept.reason)) as rule),
from kept;

create table later_evidence as
with kept as (
    from read_parquet($later_evidence, hive_partitioning = false)
    union all by name
    -- Evidence that was kept before rules had codes has their words alone, and no place.
    select null::varchar as rule, null::boolean as is_in_place
    where false
)

select kept.* replace (coalesce(kept.rule, rule_of_reason(kept.reason)) as rule),
from kept;
