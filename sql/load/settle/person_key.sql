-- The rules look up custody, exclusions and their like by merged person: a join by text on every list costs more. What has a list in
-- braces is run for each, see sql/list/list_kind.sql.
update {list_of_people}
set person_key = person.root_key
from person
where
    person.person_id = {list_of_people}.person_id
    and {list_of_people}.person_key is distinct from person.root_key;

update restriction
set person_key = person.root_key
from person
where person.person_id = restriction.person_id and restriction.person_key is distinct from person.root_key;
