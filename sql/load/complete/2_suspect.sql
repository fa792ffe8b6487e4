-- Files that do not speak of suspects leave them as they are held (rule 6).
insert into staging.staged_suspect by name
select
    staged_crime.crime_row,
    person.person_id,
    staged_crime.reported_on,
    suspect.status,
    suspect.status_on,
    suspect.named_by,
    suspect.named_on,
    suspect.age,
from suspect
inner join crime using (crime_key)
inner join person using (person_key)
inner join staging.staged_crime using (crime_id)
where not staged_crime.speaks_of_suspects;

update staging.staged_crime
set suspects_content = crime.suspects_content
from crime
where crime.crime_id = staged_crime.crime_id and not staged_crime.speaks_of_suspects;
