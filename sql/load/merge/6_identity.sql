-- Who is who now, and who stands for nobody (rules 5 and 19).
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

create temp table person_moved as
select
    person.person_key,
    person.root_key as old_root_key,
    coalesce(root.person_key, person.person_key) as root_key,
from person
left join identity_root using (person_id)
left join person as root on root.person_id = identity_root.root_id
where coalesce(root.person_key, person.person_key) <> person.root_key;

create temp table placeholder_moved as
select person.person_key, placeholder_now.person_key is not null as is_placeholder,
from person
left join placeholder_now using (person_key)
where (placeholder_now.person_key is not null) <> person.is_placeholder;

insert into person_history by name
select
    person.*,
    getvariable('extract_on') as known_to,
    getvariable('batch_key') as ended_batch_key,
from person
where
    person.known_from < getvariable('extract_on')
    and (
        person.person_key in (select person_moved.person_key from person_moved)
        or person.person_key in (select placeholder_moved.person_key from placeholder_moved)
    );

update person
set
    root_key = person_moved.root_key,
    known_from = greatest(person.known_from, getvariable('extract_on'))
from person_moved
where person.person_key = person_moved.person_key;

update person
set
    is_placeholder = placeholder_moved.is_placeholder,
    known_from = greatest(person.known_from, getvariable('extract_on'))
from placeholder_moved
where person.person_key = placeholder_moved.person_key;
