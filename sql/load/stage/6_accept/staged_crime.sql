-- One row per crime in the files, with digests of what they say of it, of its suspects and of its victims.
create table staged_crime as
select
    crime_said.*,
    crime_digest(
        crime_said.incident_id, crime_said.code_system, crime_said.code, crime_said.ho_class, crime_said.item,
        crime_said.reported_on, crime_said.committed_from_on, crime_said.committed_to_on, crime_said.status,
        crime_said.detected_by, crime_said.is_domestic, crime_said.borough, crime_said.bcu, crime_said.area,
        crime_said.carried
    ) as crime_content,
from crime_said;
