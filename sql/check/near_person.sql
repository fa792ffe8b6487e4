-- One row per person reference near the one asked for, itself first where it is held.
select person.person_id as reference,
from person
-- One whose record is restricted is found, and not suggested.
where
    person.person_id = $reference
    or person.root_key not in (select restricted_person.person_key from restricted_person)
order by
    person.person_id = $reference desc,
    jaro_winkler_similarity(upper(person.person_id), upper($reference)) desc,
    person.person_id
limit 3;
