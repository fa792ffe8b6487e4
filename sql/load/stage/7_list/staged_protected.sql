-- One row per person in the files of protected characteristics: rows that say otherwise of one person were refused.
create table staged_protected as
select
    protected_said.person_id,
    max(protected_said.ethnicity) as ethnicity,
    max(protected_said.ethnicity_observed) as ethnicity_observed,
    max(protected_said.religion) as religion,
    max(protected_said.disability) as disability,
from protected_said
group by protected_said.person_id;
