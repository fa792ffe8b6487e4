-- Who is who now, and who stands for nobody (rules 5 and 19).
-- A reference that two clusters share would be merged into one of them, or join two people: also where each is of a data
-- set of its own, for here they are one person.
select
    case
        when count(*) > 0
            then error(concat(
                'clusters that share a reference: ', min_by(shared.reference, shared.reference), ' is in ',
                min_by(shared.first_cluster, shared.reference), ' and in ',
                min_by(shared.other_cluster, shared.reference),
                min_by(
                    if(
                        shared.first_set <> shared.other_set,
                        concat(', of the data sets ', shared.first_set, ' and ', shared.other_set),
                        ''
                    ),
                    shared.reference
                ),
                '; ', count(*), if(count(*) = 1, ' such reference', ' such references'), ' in all'
            ))
    end as refusal,
from (
    select
        staging.clean_text(cluster_row.unique_id) as reference,
        min(staging.clean_text(cluster_row.cluster_id)) as first_cluster,
        max(staging.clean_text(cluster_row.cluster_id)) as other_cluster,
        coalesce(min(staging.clean_text(cluster_row.source_dataset)), '') as first_set,
        coalesce(max(staging.clean_text(cluster_row.source_dataset)), '') as other_set,
    from staging.cluster_row
    group by reference
    having first_cluster <> other_cluster
) as shared;

-- A list of identities leads each reference to one person, and round to nobody.
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
    where getvariable('takes_identity')
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
where
    getvariable('takes_identity')
    and identity_root.root_id in (select identity.person_id from identity);

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

-- Whoever the table of identities names, and whoever is merged without it: few among all people held, who are not
-- looked through by their references for it.
create temp table person_merged as
with named as (
    select person.person_key, person.root_key as old_root_key, identity_root.root_id,
    from person
    inner join identity_root using (person_id)
)

select named.*,
from named
union all
select person.person_key, person.root_key as old_root_key, null as root_id,
from person
where
    person.root_key <> person.person_key
    and person.person_key not in (select named.person_key from named);

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

-- Of people whom this load does not speak of it changes nothing that makes a stand-in, unless somebody was forgotten since the
-- load before: they may have been a victim.
set variable placeholder_batch = (
    select
        case
            when
                coalesce(
                    max(suppression.after_load) < (select max(load_batch.batch_key) from load_batch),
                    true
                )
                then getvariable('batch_key')
        end
    from suppression
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
