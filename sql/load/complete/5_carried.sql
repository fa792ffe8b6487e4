-- Files that carry nothing along leave what is carried along with their crimes as it is held.
update staging.staged_crime
set
    carried = crime.carried,
    crime_content = staging.crime_digest(
        staged_crime.incident_id, staged_crime.code_system, staged_crime.code, staged_crime.ho_class,
        staged_crime.item, staged_crime.reported_on, staged_crime.committed_from_on, staged_crime.committed_to_on,
        staged_crime.status, staged_crime.detected_by, staged_crime.is_domestic, staged_crime.borough,
        staged_crime.bcu, staged_crime.area, crime.carried
    )
from crime
where
    not getvariable('gives_carried')
    and crime.carried is not null
    and crime.crime_id = staged_crime.crime_id
    and staged_crime.carried is null;
