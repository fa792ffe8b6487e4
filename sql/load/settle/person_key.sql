-- The rules look up custody, exclusions and their like by merged person: a join by text on every list costs more.
update custody
set person_key = person.root_key
from person
where person.person_id = custody.person_id and custody.person_key is distinct from person.root_key;

update exclusion
set person_key = person.root_key
from person
where person.person_id = exclusion.person_id and exclusion.person_key is distinct from person.root_key;

update action
set person_key = person.root_key
from person
where person.person_id = action.person_id and action.person_key is distinct from person.root_key;

update restriction
set person_key = person.root_key
from person
where person.person_id = restriction.person_id and restriction.person_key is distinct from person.root_key;
