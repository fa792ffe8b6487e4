-- One row per crime of which several rows speak; values on which they disagree are blanked, but a flag that one of them
-- sets is set, and a status is not understood (rule 9).
create view agreed_crime as
select
    said.crime_row,
    min(said.crime_id) as crime_id,
    count(*) as rows_in,
    min(said.code_system) as code_system,
    min(said.code) as code,
    min(said.ho_class) as ho_class,
    min(said.item) as item,
    min(said.reported_on) as reported_on,
    case when min(said.incident_id) = max(said.incident_id) then min(said.incident_id) end as incident_id,
    case when min(said.committed_from_on) = max(said.committed_from_on) then min(said.committed_from_on) end
        as committed_from_on,
    case when min(said.committed_to_on) = max(said.committed_to_on) then min(said.committed_to_on) end
        as committed_to_on,
    -- None would stand for a crime that counts.
    case when min(said.status) <> max(said.status) then 'not_understood' else min(said.status) end as status,
    case when min(said.detected_by) = max(said.detected_by) then min(said.detected_by) end as detected_by,
    coalesce(bool_or(said.is_domestic), false) as is_domestic,
    case when min(said.borough) = max(said.borough) then min(said.borough) end as borough,
    case when min(said.bcu) = max(said.bcu) then min(said.bcu) end as bcu,
    case when min(said.area) = max(said.area) then min(said.area) end as area,
from repeated_crime_row as said
anti join staged_refusal using (row_key)
group by said.crime_row;
