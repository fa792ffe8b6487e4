-- One row per person and what changed their own score: crimes and days.
create view own_score as
with reason as (
    select
        reasoned.person_id,
        reasoned.why,
        count(*) as crimes,
        sum(reasoned.days) as days,
    from reasoned
    group by reasoned.person_id, reasoned.why
),

-- What the evidence does not account for, said and not hidden.
rest as (
    select
        moved.person_id,
        unexplained() as why,
        0 as crimes,
        coalesce(moved.later_days, 0) - coalesce(moved.earlier_days, 0) - coalesce(sum(reason.days), 0) as days,
    from moved
    left join reason using (person_id)
    where moved.is_evident or (moved.was_listed and moved.is_listed)
    group by moved.person_id, moved.earlier_days, moved.later_days
    having coalesce(moved.later_days, 0) - coalesce(moved.earlier_days, 0) - coalesce(sum(reason.days), 0) <> 0
)

from reason
union all by name
from rest;
