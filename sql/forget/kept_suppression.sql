-- The list of references that no load takes in, with those that are about to be forgotten.
create temp table new_suppression as
select suppression.*,
from suppression
limit 0;

create temp view kept_suppression as
select suppression.*,
from suppression
where suppression.mark not in (select new_suppression.mark from new_suppression)
union all by name
select
    new_suppression.* replace (
        coalesce(suppression.forgotten_on, new_suppression.forgotten_on) as forgotten_on
    ),
from new_suppression
left join suppression using (mark);
