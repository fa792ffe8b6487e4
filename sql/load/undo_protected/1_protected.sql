-- The newest load of protected characteristics taken back: what it brought goes, what it ended comes back.
delete from protected
where protected.batch_key = getvariable('batch_key');

insert into protected by name
select protected_history.* exclude (known_to, ended_batch_key),
from protected_history
where protected_history.ended_batch_key = getvariable('batch_key')
order by protected_history.person_id;

delete from protected_history
where protected_history.ended_batch_key = getvariable('batch_key');
