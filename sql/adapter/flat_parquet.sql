-- One row per row of a flat extract in Parquet.
select *
from read_parquet($path, hive_partitioning = false)
