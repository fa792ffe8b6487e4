-- One row per merged person whose record is restricted: kept as evidence, out of every list.
create view restricted_person as
select distinct restriction.person_key,
from restriction
where restriction.person_key is not null and restriction.lifted_on is null;
comment on view restricted_person is 'One row per merged person whose record is restricted: kept as evidence, out of every list.';
