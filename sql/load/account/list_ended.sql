-- One row per list that is given whole and of which a load ended something: how much the list before had that the list
-- of the load does not have. What the load gave may itself have ended since.
with entry as (
    select
        'identity' as list,
        [identity.person_id, identity.is_person_id] as told,
        identity.batch_key,
        null as ended_batch_key,
    from identity
    union all
    select
        'identity' as list,
        [identity_history.person_id, identity_history.is_person_id] as told,
        identity_history.batch_key,
        identity_history.ended_batch_key,
    from identity_history
    union all
    select
        'custody' as list,
        [custody.person_id, custody.from_on::varchar, custody.to_on::varchar] as told,
        custody.batch_key,
        null as ended_batch_key,
    from custody
    union all
    select
        'custody' as list,
        [custody_history.person_id, custody_history.from_on::varchar, custody_history.to_on::varchar] as told,
        custody_history.batch_key,
        custody_history.ended_batch_key,
    from custody_history
    union all
    select
        'exclusion' as list,
        [
            exclusion.person_id,
            exclusion.from_on::varchar,
            exclusion.review_on::varchar,
            exclusion.decided_by,
            exclusion.reason,
        ] as told,
        exclusion.batch_key,
        null as ended_batch_key,
    from exclusion
    union all
    select
        'exclusion' as list,
        [
            exclusion_history.person_id,
            exclusion_history.from_on::varchar,
            exclusion_history.review_on::varchar,
            exclusion_history.decided_by,
            exclusion_history.reason,
        ] as told,
        exclusion_history.batch_key,
        exclusion_history.ended_batch_key,
    from exclusion_history
    union all
    select
        'action' as list,
        [action.person_id, action.acted_on::varchar, action.kind, action.reason] as told,
        action.batch_key,
        null as ended_batch_key,
    from action
    union all
    select
        'action' as list,
        [
            action_history.person_id,
            action_history.acted_on::varchar,
            action_history.kind,
            action_history.reason,
        ] as told,
        action_history.batch_key,
        action_history.ended_batch_key,
    from action_history
)

select ended.list, count(*) as ended,
from (
    select entry.list, entry.told,
    from entry
    where entry.ended_batch_key = $batch_key
    except
    select entry.list, entry.told,
    from entry
    where entry.batch_key = $batch_key
) as ended
group by ended.list
order by ended.list;
