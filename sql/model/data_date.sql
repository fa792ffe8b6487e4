-- One row: the day the data speak of, the newest extract date of all loads; null before the first load.
create view data_date as
select max(load_batch.extract_on) as data_date,
from load_batch;
comment on view data_date is 'One row: the day the data speak of, the newest extract date of all loads; null before the first load.';
