-- One row: how many rows {table} has.
select count(*) as rows
from {table};
