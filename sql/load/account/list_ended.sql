-- One row per list that is given whole, with what the list before had and that of a load no longer has.
select
    'identity' as list,
    (
        select count(*),
        from (
            select identity_history.person_id, identity_history.is_person_id,
            from identity_history
            where identity_history.ended_batch_key = $batch_key
            except
            (
                select identity.person_id, identity.is_person_id,
                from identity
                where identity.batch_key = $batch_key
                union all
                select identity_history.person_id, identity_history.is_person_id,
                from identity_history
                where identity_history.batch_key = $batch_key
            )
        ) as ended
    ) as ended
union all
select
    'custody' as list,
    (
        select count(*),
        from (
            select custody_history.person_id, custody_history.from_on, custody_history.to_on,
            from custody_history
            where custody_history.ended_batch_key = $batch_key
            except
            (
                select custody.person_id, custody.from_on, custody.to_on,
                from custody
                where custody.batch_key = $batch_key
                union all
                select custody_history.person_id, custody_history.from_on, custody_history.to_on,
                from custody_history
                where custody_history.batch_key = $batch_key
            )
        ) as ended
    ) as ended
union all
select
    'exclusion' as list,
    (
        select count(*),
        from (
            select exclusion_history.* exclude (person_key, batch_key, ended_batch_key),
            from exclusion_history
            where exclusion_history.ended_batch_key = $batch_key
            except
            (
                select exclusion.* exclude (person_key, batch_key),
                from exclusion
                where exclusion.batch_key = $batch_key
                union all
                select exclusion_history.* exclude (person_key, batch_key, ended_batch_key),
                from exclusion_history
                where exclusion_history.batch_key = $batch_key
            )
        ) as ended
    ) as ended
union all
select
    'action' as list,
    (
        select count(*),
        from (
            select action_history.* exclude (person_key, batch_key, ended_batch_key),
            from action_history
            where action_history.ended_batch_key = $batch_key
            except
            (
                select action.* exclude (person_key, batch_key),
                from action
                where action.batch_key = $batch_key
                union all
                select action_history.* exclude (person_key, batch_key, ended_batch_key),
                from action_history
                where action_history.batch_key = $batch_key
            )
        ) as ended
    ) as ended;
