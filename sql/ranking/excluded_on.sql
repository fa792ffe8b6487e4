-- One row per merged person left out by a recorded human decision on a day (rule 21).
create macro excluded_on(day date) as table
select distinct exclusion.person_key,
from exclusion
where exclusion.person_key is not null and exclusion.from_on <= day;
comment on macro table excluded_on is 'One row per merged person left out by a recorded human decision on a day (rule 21).';
