-- Everyone of the list $list_key, and the next hundred: how many steps from the cut.
insert into placed
with stepped as (
    select
        stood.person_id,
        stood.is_listed,
        case
            when stood.is_listed
                then row_number() over (partition by stood.is_listed order by stood.harm_days, stood.person_id)
            else row_number() over (partition by stood.is_listed order by stood.harm_days desc, stood.person_id)
        end as steps_from_cut,
    from stood
)

select $list_key, stepped.person_id, stepped.is_listed, stepped.steps_from_cut,
from stepped
where stepped.is_listed or stepped.steps_from_cut <= 100;
