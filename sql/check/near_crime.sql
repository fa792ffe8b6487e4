-- One row per crime reference near the one asked for, the nearest first; where that is in the database, it alone.
with held as (
    select crime.crime_id as reference,
    from crime
    where crime.crime_id = $reference
    union
    select crime_history.crime_id,
    from crime_history
    where crime_history.crime_id = $reference
),

-- Likeness to every crime is worked out only where it is needed.
other as (
    select crime.crime_id as reference,
    from crime
    where not exists (select held.reference from held)
    union
    select crime_history.crime_id,
    from crime_history
    where not exists (select held.reference from held)
),

near as (
    select other.reference, jaro_winkler_similarity(upper(other.reference), upper($reference)) as likeness,
    from other
    union all
    select held.reference, 1,
    from held
)

select near.reference,
from near
order by near.likeness desc, near.reference
limit 3;
