-- Tables of version 4 did not say which loads describe suspects: those that brought a suspect's sex or birth.
insert into describing_load by name
select distinct described.batch_key,
from (
    select person.batch_key, person.person_key,
    from person
    where person.sex is not null or person.birth_year is not null
    union all
    select person_history.batch_key, person_history.person_key,
    from person_history
    where person_history.sex is not null or person_history.birth_year is not null
) as described
semi join suspect using (person_key)
semi join load_batch using (batch_key);
