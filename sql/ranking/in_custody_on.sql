-- One row per merged person in custody on a day (rule 20).
create macro in_custody_on(day date) as table
select distinct person.root_key as person_key,
from custody
inner join person using (person_id)
where custody.from_on <= day and (custody.to_on is null or custody.to_on >= day);
comment on macro table in_custody_on is 'One row per merged person in custody on a day (rule 20).';
