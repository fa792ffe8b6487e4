-- Tables of version 1 did not say which load a suspicion came with: that of its crime.
insert into suspicion by name
select suspicion_before.*, crime.batch_key,
from suspicion_before
inner join crime using (crime_key)
order by suspicion_before.reported_on, suspicion_before.crime_key, suspicion_before.person_key;
