-- One row per crime of several rows, with digests of its suspects and of its victims. No two digests of a crime are of
-- the same suspect or victim, so none takes another out.
create view repeated_digest as
select
    said.crime_row,
    bit_xor(said.digest) filter (where said.is_suspect) as suspects_content,
    bit_xor(said.digest) filter (where not said.is_suspect) as victims_content,
from (
    select staged_suspect.crime_row, staged_suspect.digest, true as is_suspect,
    from staged_suspect
    union all
    select staged_victim.crime_row, staged_victim.digest, false as is_suspect,
    from staged_victim
) as said
semi join repeated_crime using (crime_row)
group by said.crime_row;
