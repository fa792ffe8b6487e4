-- One row per decision to leave someone out in the files (rule 21).
insert into staged_exclusion by name
select distinct
    exclusion_said.person_id,
    exclusion_said.from_on,
    exclusion_said.review_on,
    exclusion_said.decided_by,
    exclusion_said.reason,
from exclusion_said;
