/*
title = "People whose record is restricted"
summary = "One row per restriction that stands."
statement = "Kept as evidence, out of every list. It holds until `restrict --lift`."
columns_first = ["person_id", "restricted_on", "reason", "also_known_as"]
*/
select
    restriction.person_id,
    restriction.restricted_on,
    restriction.reason,
    -- The references they go by since a merge.
    (
        select string_agg(other.person_id, ', ' order by other.person_id)
        from person as other
        where other.root_key = restriction.person_key and other.person_id <> restriction.person_id
    ) as also_known_as,
from restriction
where restriction.lifted_on is null
order by restriction.restricted_on, restriction.person_id;

select
    'restricted' as topic,
    count(distinct coalesce(restriction.person_key::varchar, restriction.person_id)) as quantity,
    format(
        '{} restricted; {} lifted',
        case count(distinct coalesce(restriction.person_key::varchar, restriction.person_id))
            when 1 then '1 person is'
            else concat(count(distinct coalesce(restriction.person_key::varchar, restriction.person_id)), ' people are')
        end,
        (
            select if(count(*) = 1, '1 restriction was', concat(count(*), ' restrictions were'))
            from restriction as lifted
            where lifted.lifted_on is not null
        )
    ) as note,
from restriction
where restriction.lifted_on is null;
