-- What stays of the protected characteristics when somebody is forgotten, and of their superseded versions.
create temp view kept_protected{past} as
select protected{past}.*,
from protected{past}
where protected{past}.person_id not in (select forgotten_reference.person_id from forgotten_reference);
