-- The newest load taken back (rule 6): what it brought goes, what it ended comes back, history included.
delete from suspicion
where suspicion.batch_key = getvariable('batch_key');

insert into suspicion by name
select suspicion_history.* exclude (known_to, ended_batch_key),
from suspicion_history
where suspicion_history.ended_batch_key = getvariable('batch_key')
order by suspicion_history.reported_on, suspicion_history.crime_key, suspicion_history.person_key;

delete from suspicion_history
where suspicion_history.ended_batch_key = getvariable('batch_key');

delete from suspect
where suspect.crime_key in (
    select crime.crime_key
    from crime
    where crime.batch_key = getvariable('batch_key')
);

insert into suspect by name
select suspect_history.* exclude (known_from, known_to, ended_batch_key),
from suspect_history
where suspect_history.ended_batch_key = getvariable('batch_key')
order by suspect_history.reported_on, suspect_history.crime_key, suspect_history.person_key;

delete from suspect_history
where suspect_history.ended_batch_key = getvariable('batch_key');

delete from victim
where victim.crime_key in (
    select crime.crime_key
    from crime
    where crime.batch_key = getvariable('batch_key')
);

insert into victim by name
select victim_history.* exclude (known_from, known_to, ended_batch_key),
from victim_history
where victim_history.ended_batch_key = getvariable('batch_key')
order by victim_history.reported_on, victim_history.crime_key, victim_history.victim_number;

delete from victim_history
where victim_history.ended_batch_key = getvariable('batch_key');

delete from crime
where crime.batch_key = getvariable('batch_key');

insert into crime by name
select crime_history.* exclude (known_to, ended_batch_key),
from crime_history
where crime_history.ended_batch_key = getvariable('batch_key')
order by crime_history.reported_on, crime_history.crime_key;

delete from crime_history
where crime_history.ended_batch_key = getvariable('batch_key');

update crime
set confirmed_on = crime_confirmed.confirmed_before
from crime_confirmed
where
    crime_confirmed.crime_key = crime.crime_key
    and crime_confirmed.batch_key = getvariable('batch_key');

delete from crime_confirmed
where crime_confirmed.batch_key = getvariable('batch_key');

-- Ways of recording an offence that only this load had met.
delete from offence
where
    offence.offence_key not in (select crime.offence_key from crime)
    and offence.offence_key not in (select crime_history.offence_key from crime_history);
