-- One row per crime as known on a day; null: as known now (rule 7).
create macro crime_known_on(known_on date) as table
select crime.crime_key, crime.crime_id, crime.incident_id, crime.code, crime.status, crime.reported_on,
from crime
where known_on is null or crime.known_from <= known_on
union all
select
    crime_history.crime_key,
    crime_history.crime_id,
    crime_history.incident_id,
    crime_history.code,
    crime_history.status,
    crime_history.reported_on,
from crime_history
where
    known_on is not null
    and crime_history.known_from <= known_on
    and crime_history.known_to > known_on;
comment on macro table crime_known_on is 'One row per crime as known on a day; null: as known now (rule 7).';
