-- One row per spell in custody in the files.
insert into staged_custody by name
select distinct custody_said.person_id, custody_said.from_on, custody_said.to_on,
from custody_said;
