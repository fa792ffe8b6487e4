/*
title = "Merged people whose records disagree"
summary = "One row per source identity of a merged person of whom sex or year of birth disagree."
statement = "A merge may be wrong where these differ. What the last of the chain says is taken."
columns_first = ["person_id", "identity", "sex", "birth_year", "birth_month"]
*/
select
    root.person_id,
    person.person_id as identity,
    person.sex,
    person.birth_year,
    person.birth_month,
    person.died_on,
from merged_person
inner join person on person.root_key = merged_person.person_key
inner join person as root on root.person_key = merged_person.person_key
where
    merged_person.is_conflicting
    and merged_person.person_key not in (select restricted_person.person_key from restricted_person)
order by root.person_id, person.person_id;
