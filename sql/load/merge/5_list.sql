-- A list that is given replaces what was held. An older list does not replace a newer one.
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

-- Rows of the lists by verdict.
create temp table list_balance as
select
    case
        when not getvariable('takes_identity') then 'outdated'
        when identity_history.person_id is not null then 'unchanged'
        else 'new'
    end as verdict,
    1 as rows_in,
from staging.identity_said
left join (
    select distinct identity_history.person_id, identity_history.is_person_id,
    from identity_history
    where identity_history.ended_batch_key = getvariable('batch_key')
) as identity_history using (person_id, is_person_id)
union all
select
    case
        when not getvariable('takes_custody') then 'outdated'
        when custody_history.person_id is not null then 'unchanged'
        else 'new'
    end as verdict,
    1 as rows_in,
from staging.custody_said
left join (
    select distinct custody_history.person_id, custody_history.from_on, custody_history.to_on,
    from custody_history
    where custody_history.ended_batch_key = getvariable('batch_key')
) as custody_history
    on custody_history.person_id = custody_said.person_id
    and custody_history.from_on = custody_said.from_on
    and custody_history.to_on is not distinct from custody_said.to_on
union all
select
    case
        when not getvariable('takes_exclusion') then 'outdated'
        when exclusion_history.person_id is not null then 'unchanged'
        else 'new'
    end as verdict,
    1 as rows_in,
from staging.exclusion_said
left join (
    select distinct exclusion_history.* exclude (person_key, batch_key, ended_batch_key),
    from exclusion_history
    where exclusion_history.ended_batch_key = getvariable('batch_key')
) as exclusion_history using (person_id, from_on, review_on, decided_by, reason)
union all
select
    case
        when not getvariable('takes_action') then 'outdated'
        when action_history.person_id is not null then 'unchanged'
        else 'new'
    end as verdict,
    1 as rows_in,
from staging.action_said
left join (
    select distinct action_history.* exclude (person_key, batch_key, ended_batch_key),
    from action_history
    where action_history.ended_batch_key = getvariable('batch_key')
) as action_history
    on action_history.person_id = action_said.person_id
    and action_history.acted_on = action_said.acted_on
    and action_history.kind = action_said.kind
    and action_history.reason is not distinct from action_said.reason;
