-- One row per crime of a reference, in whichever version it was known on a day; null: as known now.
create macro asked_crime(of_crime varchar, known_on date := null) as table
select crime.crime_key,
from crime
where crime.crime_id = of_crime
union
select crime_history.crime_key,
from crime_history
where known_on is not null and crime_history.crime_id = of_crime;
comment on macro table asked_crime is 'One row per crime of a reference, in whichever version it was known on a day; null: as known now.';
