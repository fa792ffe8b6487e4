-- Who is restricted now is left out of what two kept runs are compared by: counted, and no more said of them.
insert into run_difference
with named as (
    select earlier_row.person_id,
    from earlier_row
    union
    select later_row.person_id,
    from later_row
),

withheld as (
    select count(*) as people,
    from named
    semi join restricted_reference using (person_id)
)

select
    format(
        '{:,} {} not shown: the record is restricted',
        withheld.people, if(withheld.people = 1, 'person of these lists is', 'people of these lists are')
    ) as note,
from withheld
where withheld.people > 0;

delete from earlier_row
where earlier_row.person_id in (select restricted_reference.person_id from restricted_reference);

delete from later_row
where later_row.person_id in (select restricted_reference.person_id from restricted_reference);

delete from earlier_evidence
where earlier_evidence.person_id in (select restricted_reference.person_id from restricted_reference);

delete from later_evidence
where later_evidence.person_id in (select restricted_reference.person_id from restricted_reference);
