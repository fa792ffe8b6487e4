-- One row per reference of a person whose record is restricted: merged references included.
select person.person_id,
from restricted_person
inner join person on person.root_key = restricted_person.person_key
order by person.person_id;
