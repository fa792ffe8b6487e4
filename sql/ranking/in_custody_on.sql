-- One row per merged person in custody on a day (rule 20).
create macro in_custody_on(day date) as table
select distinct custody.person_key,
from custody
where
    custody.person_key is not null
    and custody.from_on <= day
    and (custody.to_on is null or custody.to_on >= day);
comment on macro table in_custody_on is 'One row per merged person in custody on a day (rule 20).';
