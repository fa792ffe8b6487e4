-- Who stands for nobody by the rules of this program, among all: a load looks only at whom it speaks of.
create temp table placeholder_found as
select placeholder_now.person_key,
from placeholder_now;

update person
set is_placeholder = not person.is_placeholder
where person.is_placeholder <> (person.person_key in (select placeholder_found.person_key from placeholder_found));

update suspicion
set is_placeholder_suspect = merged_person.is_placeholder
from merged_person
where
    merged_person.person_key = suspicion.person_key
    and merged_person.is_placeholder <> suspicion.is_placeholder_suspect;

drop table placeholder_found;
