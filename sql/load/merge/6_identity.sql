-- Who is who now, and who stands for nobody (rules 5 and 19). A side table that is given replaces what was held.
-- An older list does not replace a newer one.
set variable takes_identity = (
    select
        getvariable('gives_identity')
        and coalesce(max(load_batch.extract_on) <= getvariable('extract_on'), true)
    from load_batch
    where
        load_batch.batch_key in (select identity.batch_key from identity)
        or load_batch.batch_key in (select identity_history.ended_batch_key from identity_history)
);

set variable takes_custody = (
    select
        getvariable('gives_custody')
        and coalesce(max(load_batch.extract_on) <= getvariable('extract_on'), true)
    from load_batch
    where
        load_batch.batch_key in (select custody.batch_key from custody)
        or load_batch.batch_key in (select custody_history.ended_batch_key from custody_history)
);

set variable takes_exclusion = (
    select
        getvariable('gives_exclusion')
        and coalesce(max(load_batch.extract_on) <= getvariable('extract_on'), true)
    from load_batch
    where
        load_batch.batch_key in (select exclusion.batch_key from exclusion)
        or load_batch.batch_key in (select exclusion_history.ended_batch_key from exclusion_history)
);

set variable takes_action = (
    select
        getvariable('gives_action')
        and coalesce(max(load_batch.extract_on) <= getvariable('extract_on'), true)
    from load_batch
    where
        load_batch.batch_key in (select action.batch_key from action)
        or load_batch.batch_key in (select action_history.ended_batch_key from action_history)
);

insert into identity_history by name
select identity.*, getvariable('batch_key') as ended_batch_key,
from identity
where getvariable('takes_identity');

delete from identity
where getvariable('takes_identity');

insert into identity by name
select staged_identity.person_id, staged_identity.is_person_id, getvariable('batch_key') as batch_key,
from staging.staged_identity
where getvariable('takes_identity')
order by staged_identity.person_id;

insert into custody_history by name
select custody.*, getvariable('batch_key') as ended_batch_key,
from custody
where getvariable('takes_custody');

delete from custody
where getvariable('takes_custody');

insert into custody by name
select
    staged_custody.person_id,
    staged_custody.from_on,
    staged_custody.to_on,
    getvariable('batch_key') as batch_key,
from staging.staged_custody
where getvariable('takes_custody')
order by staged_custody.person_id, staged_custody.from_on;

insert into exclusion_history by name
select exclusion.*, getvariable('batch_key') as ended_batch_key,
from exclusion
where getvariable('takes_exclusion');

delete from exclusion
where getvariable('takes_exclusion');

insert into exclusion by name
select
    staged_exclusion.person_id,
    staged_exclusion.from_on,
    staged_exclusion.review_on,
    staged_exclusion.decided_by,
    staged_exclusion.reason,
    getvariable('batch_key') as batch_key,
from staging.staged_exclusion
where getvariable('takes_exclusion')
order by staged_exclusion.person_id, staged_exclusion.from_on;

insert into action_history by name
select action.*, getvariable('batch_key') as ended_batch_key,
from action
where getvariable('takes_action');

delete from action
where getvariable('takes_action');

insert into action by name
select
    staged_action.person_id,
    staged_action.acted_on,
    staged_action.kind,
    staged_action.reason,
    getvariable('batch_key') as batch_key,
from staging.staged_action
where getvariable('takes_action')
order by staged_action.person_id, staged_action.acted_on, staged_action.kind;

select
    case
        when count(*) > 0
            then error(concat(
                'identities that are merged into two people: ', min(doubled.person_id), ' and ', count(*), ' in all'
            ))
    end as refusal,
from (
    select identity.person_id,
    from identity
    group by identity.person_id
    having count(distinct identity.is_person_id) > 1
) as doubled;

select
    case
        when count(*) > 0
            then error(concat(
                'identities that are merged in a circle: ', min(identity_root.person_id), ' and ', count(*), ' in all'
            ))
    end as refusal,
from identity_root
where identity_root.root_id in (select identity.person_id from identity);

insert into person by name
with fresh as (
    select
        (select coalesce(max(person.person_key), 0) from person)
            + row_number() over (order by root.person_id) as person_key,
        root.person_id,
    from (
        select distinct identity_root.root_id as person_id,
        from identity_root
        where identity_root.person_id in (select person.person_id from person)
    ) as root
    anti join person using (person_id)
)

select
    fresh.person_key,
    fresh.person_id,
    fresh.person_key as root_key,
    false as is_placeholder,
    getvariable('extract_on') as known_from,
    getvariable('batch_key') as batch_key,
from fresh;

-- Whoever the table of identities names, and whoever is merged without it: few among all people held.
create temp table person_merged as
select person.person_key, person.root_key as old_root_key, identity_root.root_id,
from person
inner join identity_root using (person_id)
union all
select person.person_key, person.root_key as old_root_key, null as root_id,
from person
anti join identity_root using (person_id)
where person.root_key <> person.person_key;

create temp table person_moved as
select
    person_merged.person_key,
    person_merged.old_root_key,
    coalesce(root.person_key, person_merged.person_key) as root_key,
from person_merged
left join person as root on root.person_id = person_merged.root_id
where coalesce(root.person_key, person_merged.person_key) <> person_merged.old_root_key;

-- As each stood before this load, once: undoing the load brings that back.
insert into person_history by name
select
    person.*,
    greatest(person.known_from, getvariable('extract_on')) as known_to,
    getvariable('batch_key') as ended_batch_key,
from person
where
    person.batch_key <> getvariable('batch_key')
    and person.person_key in (select person_moved.person_key from person_moved);

update person
set
    root_key = person_moved.root_key,
    known_from = greatest(person.known_from, getvariable('extract_on')),
    batch_key = getvariable('batch_key')
from person_moved
where person.person_key = person_moved.person_key;

-- Of people whom this load does not speak of it changes nothing that makes a stand-in, unless it is the first to say a
-- sex or a birth of anybody, or somebody was forgotten since the load before: they may have been a victim.
set variable placeholder_batch = (
    select
        case
            when
                count(*) > 0
                and coalesce(
                    (select max(suppression.after_load) from suppression)
                    < (select max(load_batch.batch_key) from load_batch),
                    true
                )
                then getvariable('batch_key')
        end
    from person
    where
        (person.sex is not null or person.birth_year is not null)
        and person.batch_key <> getvariable('batch_key')
);

create temp table person_asked as
select spoken_of.person_key,
from person_spoken_of(getvariable('placeholder_batch')) as spoken_of;

create temp table placeholder_found as
select placeholder.person_key,
from placeholder_among(getvariable('placeholder_batch')) as placeholder;

create temp table placeholder_moved as
select person.person_key, true as is_placeholder,
from person
inner join placeholder_found using (person_key)
where not person.is_placeholder
union all
select person.person_key, false as is_placeholder,
from person
anti join placeholder_found using (person_key)
semi join person_asked using (person_key)
where person.is_placeholder;

insert into person_history by name
select
    person.*,
    greatest(person.known_from, getvariable('extract_on')) as known_to,
    getvariable('batch_key') as ended_batch_key,
from person
where
    person.batch_key <> getvariable('batch_key')
    and person.person_key in (select placeholder_moved.person_key from placeholder_moved);

update person
set
    is_placeholder = placeholder_moved.is_placeholder,
    known_from = greatest(person.known_from, getvariable('extract_on')),
    batch_key = getvariable('batch_key')
from placeholder_moved
where person.person_key = placeholder_moved.person_key;
