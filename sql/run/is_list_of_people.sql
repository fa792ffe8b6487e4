-- One row: true where the rows that a run kept are a person each.
select count(*) = count(distinct kept.person_id) as is_list_of_people,
from read_csv($rows, header = true, all_varchar = true, hive_partitioning = false) as kept;
