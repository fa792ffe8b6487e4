-- What the files themselves left in doubt when they were read: dates, cells, ends (rules 8 and 9).
insert into load_decision by name
select
    getvariable('batch_key') as batch_key,
    10 + row_number() over (order by staged_reading.place, staged_reading.note) as place,
    'decide' as kind,
    staged_reading.topic,
    staged_reading.quantity,
    staged_reading.total,
    staged_reading.note,
    staged_reading.examples,
    staged_reading.remedy,
from staging.staged_reading;
