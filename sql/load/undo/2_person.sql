-- People as they stood before the load, and the lists it had replaced: what has a list in braces is run for each, see
-- sql/list/list_kind.sql.
delete from person
where person.batch_key = getvariable('batch_key');

insert into person by name
select person_history.* exclude (known_to, ended_batch_key),
from person_history
where person_history.ended_batch_key = getvariable('batch_key')
order by person_history.person_key;

delete from person_history
where person_history.ended_batch_key = getvariable('batch_key');

-- Keys are given again: a list must not go on pointing to somebody who is no longer there.
update {list_of_people}
set person_key = null
where {list_of_people}.person_key not in (select person.person_key from person);

update restriction
set person_key = null
where restriction.person_key not in (select person.person_key from person);

delete from {list}
where {list}.batch_key = getvariable('batch_key');

insert into {list} by name
select {list}_history.* exclude (ended_batch_key),
from {list}_history
where {list}_history.ended_batch_key = getvariable('batch_key')
order by {columns};

delete from {list}_history
where {list}_history.ended_batch_key = getvariable('batch_key');
