-- One row per crime reference near the one asked for, itself first where it is held.
select known.crime_id as reference,
from (
    select crime.crime_id,
    from crime
    union
    select crime_history.crime_id,
    from crime_history
) as known
order by
    known.crime_id = $reference desc,
    jaro_winkler_similarity(upper(known.crime_id), upper($reference)) desc,
    known.crime_id
limit 3;
