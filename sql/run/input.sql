-- What two kept runs put out and rest on, side by side.
create table earlier_row as
select
    kept.person_id,
    kept.harm_rank::bigint as harm_rank,
    kept.harm_days::decimal(18, 4) as harm_days,
from (
    from read_csv($earlier_rows, header = true, all_varchar = true, hive_partitioning = false)
    union all by name
    -- A list of one's own may have ranks alone.
    select null::varchar as harm_days
    where false
) as kept;

create table later_row as
select
    kept.person_id,
    kept.harm_rank::bigint as harm_rank,
    kept.harm_days::decimal(18, 4) as harm_days,
from (
    from read_csv($later_rows, header = true, all_varchar = true, hive_partitioning = false)
    union all by name
    -- A list of one's own may have ranks alone.
    select null::varchar as harm_days
    where false
) as kept;

create table earlier_parameter (name varchar not null, shown varchar);

create table later_parameter (name varchar not null, shown varchar);

create table run_difference (note varchar not null);
