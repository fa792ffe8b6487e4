-- One row per crime and victim in the files, numbered within the crime.
create table staged_victim as
select lone_victim.*, 1 as victim_number,
from lone_victim
union all by name
from agreed_victim;
