-- Files that do not speak of victims leave them as they are held (rule 6).
insert into staging.staged_victim by name
select
    staged_crime.crime_row,
    person.person_id,
    staged_crime.reported_on,
    victim.sex,
    victim.age,
    victim.kind,
    victim.victim_number,
from victim
inner join crime using (crime_key)
left join person using (person_key)
inner join staging.staged_crime using (crime_id)
where not staged_crime.speaks_of_victims;

update staging.staged_crime
set victims_content = crime.victims_content
from crime
where crime.crime_id = staged_crime.crime_id and not staged_crime.speaks_of_victims;
