-- One row per reference of a person whose record is restricted, with their key where the database has it: those that are merged
-- with them too, whichever way round, and those that only a list names. For `sql/guard/restricted_view.sql`;
-- in braces: the name of the database, quoted.
-- The linter loses the thread at braces.
-- noqa: disable=ST03
with recursive merged as (
    select person.person_id, root.person_id as is_person_id
    from {database}.main.person as person
    inner join {database}.main.person as root on person.root_key = root.person_key
    where person.person_key <> person.root_key
    union all
    select identity.person_id, identity.is_person_id
    from {database}.main.identity as identity
),

same as (
    select named.person_id
    from (
        select restriction.person_id
        from {database}.main.restriction as restriction
        where restriction.lifted_on is null
        union
        select person.person_id
        from {database}.main.restriction as restriction
        inner join {database}.main.person as person on restriction.person_key = person.root_key
        where restriction.lifted_on is null
    ) as named
    union
    select
        case when merged.person_id = same.person_id then merged.is_person_id else merged.person_id end as person_id
    from same
    inner join merged on same.person_id in (merged.person_id, merged.is_person_id)
)

select same.person_id, person.person_key
from same
left join {database}.main.person as person on same.person_id = person.person_id
union
select restriction.person_id, restriction.person_key
from {database}.main.restriction as restriction
where restriction.lifted_on is null;
