-- One row per merge in the files (rule 5); a reference merged into itself says nothing.
insert into staged_identity by name
select distinct identity_said.person_id, identity_said.is_person_id,
from identity_said
where identity_said.person_id <> identity_said.is_person_id;
