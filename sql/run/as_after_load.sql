-- The tables as they stood after one load, in place of those of the database: every later load taken back, as
-- `loads undo` would, without writing. The number of that load is the variable after_load; the program writes the
-- name of the database before `main`, which alone would find these views again. What has a list in braces is made
-- for each, see sql/list/list_kind.sql.
create temp view crime as
select crime.*,
from main.crime
where crime.batch_key <= getvariable('after_load')
union all by name
select crime_history.* exclude (known_to, ended_batch_key),
from main.crime_history
where
    crime_history.batch_key <= getvariable('after_load')
    and crime_history.ended_batch_key > getvariable('after_load');

create temp view crime_history as
select crime_history.*,
from main.crime_history
where crime_history.ended_batch_key <= getvariable('after_load');

create temp view suspect as
select suspect.*,
from main.suspect
semi join (
    select crime.crime_key,
    from main.crime
    where crime.batch_key <= getvariable('after_load')
) as standing using (crime_key)
union all by name
select suspect_history.* exclude (known_from, known_to, ended_batch_key),
from main.suspect_history
semi join (
    select crime_history.crime_key, crime_history.ended_batch_key,
    from main.crime_history
    where
        crime_history.batch_key <= getvariable('after_load')
        and crime_history.ended_batch_key > getvariable('after_load')
) as standing using (crime_key, ended_batch_key);

create temp view suspect_history as
select suspect_history.*,
from main.suspect_history
where suspect_history.ended_batch_key <= getvariable('after_load');

create temp view victim as
select victim.*,
from main.victim
semi join (
    select crime.crime_key,
    from main.crime
    where crime.batch_key <= getvariable('after_load')
) as standing using (crime_key)
union all by name
select victim_history.* exclude (known_from, known_to, ended_batch_key),
from main.victim_history
semi join (
    select crime_history.crime_key, crime_history.ended_batch_key,
    from main.crime_history
    where
        crime_history.batch_key <= getvariable('after_load')
        and crime_history.ended_batch_key > getvariable('after_load')
) as standing using (crime_key, ended_batch_key);

create temp view victim_history as
select victim_history.*,
from main.victim_history
where victim_history.ended_batch_key <= getvariable('after_load');

create temp view person as
select person.*,
from main.person
where person.batch_key <= getvariable('after_load')
union all by name
select person_history.* exclude (known_to, ended_batch_key),
from main.person_history
where
    person_history.batch_key <= getvariable('after_load')
    and person_history.ended_batch_key > getvariable('after_load');

create temp view person_history as
select person_history.*,
from main.person_history
where person_history.ended_batch_key <= getvariable('after_load');

create temp view suspicion as
select suspicion.*,
from main.suspicion
where suspicion.batch_key <= getvariable('after_load')
union all by name
select suspicion_history.* exclude (known_to, ended_batch_key),
from main.suspicion_history
where
    suspicion_history.batch_key <= getvariable('after_load')
    and suspicion_history.ended_batch_key > getvariable('after_load');

create temp view suspicion_history as
select suspicion_history.*,
from main.suspicion_history
where suspicion_history.ended_batch_key <= getvariable('after_load');

create temp view identity as
select identity.*,
from main.identity
where identity.batch_key <= getvariable('after_load')
union all by name
select identity_history.* exclude (ended_batch_key),
from main.identity_history
where
    identity_history.batch_key <= getvariable('after_load')
    and identity_history.ended_batch_key > getvariable('after_load');

-- The merged person of a spell and of a decision is kept up to date by each load: here by the merges of then.
create temp view {list_of_people} as
with known as (
    select {list_of_people}.*,
    from main.{list_of_people}
    where {list_of_people}.batch_key <= getvariable('after_load')
    union all by name
    select {list_of_people}_history.* exclude (ended_batch_key),
    from main.{list_of_people}_history
    where
        {list_of_people}_history.batch_key <= getvariable('after_load')
        and {list_of_people}_history.ended_batch_key > getvariable('after_load')
)

select known.* replace (person.root_key as person_key),
from known
left join temp.person as person using (person_id);

create temp view load_batch as
select load_batch.*,
from main.load_batch
where load_batch.batch_key <= getvariable('after_load');
