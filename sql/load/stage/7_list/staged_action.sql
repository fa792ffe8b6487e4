-- One row per action in the files.
insert into staged_action by name
select distinct action_said.person_id, action_said.acted_on, action_said.kind, action_said.reason,
from action_said;
