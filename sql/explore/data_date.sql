-- One row: the day the data speak of; nothing before the first load.
select data_date.data_date::varchar as data_date
from data_date;
