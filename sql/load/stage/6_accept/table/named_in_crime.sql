-- One row per crime of which the files name suspects or victims, with how many rows do, and digests of what they say.
create table named_in_crime as
select
    named.crime_row,
    count(*) filter (where named.is_suspect) as suspect_lines,
    count(named.digest) filter (where named.is_suspect) as suspect_rows,
    count(*) filter (where not named.is_suspect) as victim_rows,
    bit_xor(named.digest) filter (where named.is_suspect) as suspects_content,
    bit_xor(named.digest) filter (where not named.is_suspect) as victims_content,
from (
    select row_of_suspect.crime_row, row_of_suspect.digest, true as is_suspect,
    from row_of_suspect
    union all
    select row_of_victim.crime_row, row_of_victim.digest, false as is_suspect,
    from row_of_victim
) as named
where named.crime_row is not null
group by named.crime_row;
