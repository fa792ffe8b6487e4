-- One row per crime and merged person, as harm_evidence yields them: those of its columns that narrow_evidence narrows. As
-- list_parameter: an error until whoever makes a list makes its own.
create view considered_evidence as
with missing as (
    select error('harmrank: no evidence; make considered_evidence first, see sql/README.md') as message
)

select
    missing.message::integer as person_key,
    missing.message::integer as crime_key,
    missing.message::date as reported_on,
    missing.message::integer as offence_key,
    missing.message::decimal(14, 4) as harm_days,
    missing.message::decimal(14, 4) as harm_days_low,
    missing.message::decimal(14, 4) as harm_days_high,
    rule_code(missing.message) as rule,
    missing.message::varchar as rule_detail,
    missing.message::varchar as suspect_status,
    missing.message::varchar as crime_borough,
    missing.message::varchar as crime_bcu,
    missing.message::varchar as detection,
    missing.message::varchar as namer,
    missing.message::utinyint as age_low,
    missing.message::boolean as is_counted,
    missing.message::boolean as is_recorded,
    missing.message::boolean as is_in_scope,
    missing.message::boolean as is_scope_known,
    missing.message::boolean as is_weighted,
    missing.message::boolean as is_reviewed,
    missing.message::boolean as is_scope_uncertain,
    missing.message::boolean as is_historic_crime,
    missing.message::boolean as is_in_custody,
from missing
where missing.message::boolean;
comment on view considered_evidence is 'One row per crime and merged person, as harm_evidence yields them; an error until whoever makes a list makes a common table expression of this name.';
