-- People as they stood before the load, and the lists it had replaced.
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
update custody
set person_key = null
where custody.person_key not in (select person.person_key from person);

update exclusion
set person_key = null
where exclusion.person_key not in (select person.person_key from person);

update action
set person_key = null
where action.person_key not in (select person.person_key from person);

update restriction
set person_key = null
where restriction.person_key not in (select person.person_key from person);

delete from identity
where identity.batch_key = getvariable('batch_key');

insert into identity by name
select identity_history.* exclude (ended_batch_key),
from identity_history
where identity_history.ended_batch_key = getvariable('batch_key')
order by identity_history.person_id, identity_history.is_person_id;

delete from identity_history
where identity_history.ended_batch_key = getvariable('batch_key');

delete from custody
where custody.batch_key = getvariable('batch_key');

insert into custody by name
select custody_history.* exclude (ended_batch_key),
from custody_history
where custody_history.ended_batch_key = getvariable('batch_key')
order by custody_history.person_id, custody_history.from_on;

delete from custody_history
where custody_history.ended_batch_key = getvariable('batch_key');

delete from exclusion
where exclusion.batch_key = getvariable('batch_key');

insert into exclusion by name
select exclusion_history.* exclude (ended_batch_key),
from exclusion_history
where exclusion_history.ended_batch_key = getvariable('batch_key')
order by exclusion_history.person_id, exclusion_history.from_on;

delete from exclusion_history
where exclusion_history.ended_batch_key = getvariable('batch_key');

delete from action
where action.batch_key = getvariable('batch_key');

insert into action by name
select action_history.* exclude (ended_batch_key),
from action_history
where action_history.ended_batch_key = getvariable('batch_key')
order by action_history.person_id, action_history.acted_on, action_history.kind;

delete from action_history
where action_history.ended_batch_key = getvariable('batch_key');
