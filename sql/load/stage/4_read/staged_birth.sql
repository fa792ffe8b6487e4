-- One row per way of writing a birth in the files, with its year and month: they recur, and cost most to read.
create table staged_birth as
select
    written.raw_birth,
    strict_birth_year(written.raw_birth) as birth_year,
    strict_birth_month(written.raw_birth) as birth_month,
from (
    select distinct staged_flat.suspect_birth as raw_birth,
    from staged_flat
    where staged_flat.suspect_birth is not null
    union
    select distinct staged_flat.victim_birth as raw_birth,
    from staged_flat
    where staged_flat.victim_birth is not null
) as written;
