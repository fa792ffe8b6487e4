-- The table the rules read, brought up to date where a crime or a person has changed.
create temp table root_touched as
select person.root_key,
from person
where
    person.person_key in (select person_changed.person_key from person_changed)
    or person.person_key in (select placeholder_moved.person_key from placeholder_moved)
    or person.person_key in (select person_moved.person_key from person_moved)
union
select person_moved.old_root_key,
from person_moved;

create temp table crime_touched as
select taken.crime_key,
from taken
union all
(
    select ended.crime_key,
    from ended
    union
    select suspect.crime_key,
    from suspect
    inner join person using (person_key)
    where person.root_key in (select root_touched.root_key from root_touched)
    except
    select taken.crime_key,
    from taken
);

create temp table suspicion_stale as
select suspicion.*,
from suspicion
where suspicion.crime_key in (select crime_touched.crime_key from crime_touched);

-- Only the days in question are read again; null where nothing was held, and then nothing is.
set variable again = (
    select struct_pack(first_on := min(crime.reported_on), last_on := max(crime.reported_on))
    from crime
    where crime.crime_key in (select suspicion_stale.crime_key from suspicion_stale)
);

create temp table suspicion_again as
select suspicion_now.*,
from suspicion_between(getvariable('again').first_on, getvariable('again').last_on) as suspicion_now
where suspicion_now.crime_key in (select suspicion_stale.crime_key from suspicion_stale);

set variable touched = (
    select struct_pack(first_on := min(crime.reported_on), last_on := max(crime.reported_on))
    from crime
    semi join crime_touched using (crime_key)
    where crime.crime_key not in (select suspicion_stale.crime_key from suspicion_stale)
);

-- What is said again word for word goes on from when it was first known.
create temp table suspicion_same as
select said_again.crime_key, said_again.person_key,
from (
    select suspicion_stale.* exclude (known_from, batch_key),
    from suspicion_stale
    intersect
    select suspicion_again.*,
    from suspicion_again
) as said_again;

insert into suspicion_history by name
select
    suspicion_stale.*,
    greatest(suspicion_stale.known_from, getvariable('extract_on')) as known_to,
    getvariable('batch_key') as ended_batch_key,
from suspicion_stale
anti join suspicion_same using (crime_key, person_key);

delete from suspicion
where
    suspicion.crime_key in (select suspicion_stale.crime_key from suspicion_stale)
    and (suspicion.crime_key, suspicion.person_key) not in (
        select (suspicion_same.crime_key, suspicion_same.person_key),
        from suspicion_same
    );

insert into suspicion by name
with fresh as (
    select suspicion_now.*,
    from suspicion_between(getvariable('touched').first_on, getvariable('touched').last_on) as suspicion_now
    where
        suspicion_now.crime_key in (select crime_touched.crime_key from crime_touched)
        and suspicion_now.crime_key not in (select suspicion_stale.crime_key from suspicion_stale)
    union all
    select suspicion_again.*,
    from suspicion_again
    anti join suspicion_same using (crime_key, person_key)
)

select
    fresh.*,
    getvariable('extract_on') as known_from,
    getvariable('batch_key') as batch_key,
from fresh
order by fresh.reported_on, fresh.crime_key, fresh.person_key;
