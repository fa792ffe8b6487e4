-- Tables of version 1 did not say which load a suspicion came with: the one of its day.
insert into suspicion_history by name
select
    suspicion_history_before.*,
    coalesce(
        (
            select max(load_batch.batch_key)
            from load_batch
            where
                load_batch.extract_on <= suspicion_history_before.known_from
                and load_batch.batch_key < suspicion_history_before.ended_batch_key
        ),
        1
    ) as batch_key,
from suspicion_history_before;
