-- What stays of the protected characteristics when somebody is forgotten.
create temp view kept_protected as
select protected.*,
from protected
where protected.person_id not in (select forgotten_reference.person_id from forgotten_reference);

create temp view kept_protected_history as
select protected_history.*,
from protected_history
where protected_history.person_id not in (select forgotten_reference.person_id from forgotten_reference);
