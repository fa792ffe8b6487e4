-- One row per crime and merged person considered for a list: what its totals, notes and details are worked out of. As
-- list_parameter: an error until whoever makes a list makes its own.
create view list_evidence as
with missing as (
    select error('harmrank: no evidence of a list; make list_evidence first, see sql/README.md') as message
)

select
    missing.message::integer as person_key,
    missing.message::integer as crime_key,
    missing.message::date as reported_on,
    missing.message::integer as offence_key,
    missing.message::decimal(14, 4) as harm_days,
    rule_code(missing.message) as rule,
    missing.message::varchar as rule_detail,
    missing.message::utinyint as status_order,
    missing.message::boolean as is_counted,
    missing.message::boolean as is_in_place,
    missing.message::boolean as is_weighted,
    missing.message::boolean as is_ambiguous,
    missing.message::boolean as is_reviewed,
    missing.message::boolean as is_code_unplaced,
    missing.message::boolean as is_scope_uncertain,
    missing.message::boolean as is_historic_crime,
    missing.message::boolean as is_detection_known,
    missing.message::boolean as is_namer_known,
    missing.message::boolean as is_age_known,
    missing.message::boolean as is_in_custody,
from missing
where missing.message::boolean;
comment on view list_evidence is 'One row per crime and merged person considered for a list; an error until whoever makes a list makes a temporary table or common table expression of this name.';
