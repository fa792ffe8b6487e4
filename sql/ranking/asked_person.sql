-- One row per person whom a reference meant on a day, after the merges known that day; null: as known now.
create macro asked_person(of_person varchar, known_on date := null) as table
select person.root_key as person_key,
from person
where
    person.person_id = of_person
    and (known_on is null or person.known_from <= known_on)
union
select person_history.root_key,
from person_history
where
    known_on is not null
    and person_history.person_id = of_person
    and person_history.known_from <= known_on
    and person_history.known_to > known_on;
comment on macro table asked_person is 'One row per person whom a reference meant on a day, after the merges known that day; null: as known now.';
