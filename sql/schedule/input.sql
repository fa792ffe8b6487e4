-- How long those of the list before had been on it, as that list's own movement says.
create table standing_before as
select
    moved.person_id,
    moved.lists_in_a_row,
    moved.on_list_since,
from read_parquet($movement, hive_partitioning = false) as moved
where moved.movement <> 'left';
