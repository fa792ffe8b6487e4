-- One row: how much the list before a load had that the list of the load does not have. What the load gave may itself
-- have ended since. Run for each list, see sql/list/list_kind.sql.
select count(*) as ended,
from (
    select {columns}
    from {list}_history
    where {list}_history.ended_batch_key = $batch_key
    except
    (
        select {columns}
        from {list}
        where {list}.batch_key = $batch_key
        union all
        select {columns}
        from {list}_history
        where {list}_history.batch_key = $batch_key
    )
) as ended;
