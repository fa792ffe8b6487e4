-- One row per person reference of whom a load says something, or said something by ending it, with all that are merged
-- with them; everybody where no load is named.
create macro person_spoken_of(of_batch integer) as table
with spoken_of as (
    select person.root_key,
    from person
    where of_batch is null or person.batch_key = of_batch
    union
    select person_history.root_key,
    from person_history
    where person_history.ended_batch_key = of_batch
    union
    select person.root_key,
    from suspect
    inner join crime using (crime_key)
    inner join person using (person_key)
    where crime.batch_key = of_batch
    union
    select person.root_key,
    from suspect_history
    inner join person using (person_key)
    where suspect_history.ended_batch_key = of_batch
)

select person.person_key, person.person_id, person.root_key,
from person
semi join spoken_of using (root_key);
comment on macro table person_spoken_of is 'One row per person reference of whom a load says something, or said something by ending it, with all that are merged with them; everybody where no load is named.';
