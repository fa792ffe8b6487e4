-- One row per person reference that stands for nobody in particular (rule 19), with the reason.
create view placeholder_now as
select placeholder.person_key, placeholder.person_id, placeholder.reason,
from placeholder_among(null) as placeholder;
comment on view placeholder_now is 'One row per person reference that stands for nobody in particular (rule 19), with the reason.';
