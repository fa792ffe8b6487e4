-- Where a table of people corrects a sex, victims said with the one before have the one now. Where nothing is said of a
-- victim's sex, it is that of the person: merge/4_crime.
update staging.staged_crime
set victims_content = xor(staged_crime.victims_content, corrected.digest)
from (
    select
        staged_victim.crime_row,
        bit_xor(hash('x', staged_victim.person_id, sex_corrected.sex_now)) as digest,
    from staging.staged_victim
    inner join staging.sex_corrected using (person_id)
    where staged_victim.sex is not distinct from sex_corrected.sex_before
    group by staged_victim.crime_row
) as corrected
where corrected.crime_row = staged_crime.crime_row and not staged_crime.speaks_of_victims;

update staging.staged_victim
set sex = sex_corrected.sex_now
from staging.sex_corrected
where
    sex_corrected.person_id = staged_victim.person_id
    and staged_victim.sex is not distinct from sex_corrected.sex_before;
