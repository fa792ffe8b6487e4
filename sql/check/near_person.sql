-- One row per person reference near the one asked for, the nearest first; where that is in the database, it alone.
with held as (
    select distinct person.person_id as reference,
    from person
    where person.person_id = $reference
),

-- Likeness to everybody is worked out only where it is needed.
near as (
    select
        person.person_id as reference,
        jaro_winkler_similarity(upper(person.person_id), upper($reference)) as likeness,
    from person
    where
        not exists (select held.reference from held)
        -- One whose record is restricted is found, and not suggested.
        and person.root_key not in (select restricted_person.person_key from restricted_person)
    union all
    select held.reference, 1,
    from held
)

select near.reference,
from near
order by near.likeness desc, near.reference
limit 3;
