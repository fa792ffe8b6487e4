-- One row per crime and person of list_evidence that is not restricted: counted or not, and by which rule.
create macro list_explanation(known_on date := null) as table
select
    crime.crime_id,
    evidence.reported_on,
    coalesce(offence.code, offence.ho_class, offence.item) as code,
    offence_weight.offence,
    offence_weight.item,
    evidence.harm_days,
    offence_weight.days_low as harm_days_low,
    offence_weight.days_high as harm_days_high,
    evidence.is_counted,
    rule_in_words(evidence.rule, evidence.rule_detail, list_parameter.least_age) as reason,
    person.person_id,
    evidence.rule,
    evidence.person_key,
from list_evidence as evidence
cross join list_parameter
inner join crime_known_on(known_on) as crime using (crime_key)
inner join offence using (offence_key)
inner join offence_weight
    on offence_weight.offence_key = evidence.offence_key
    and offence_weight.index_id = list_parameter.index_name
inner join person on person.person_key = evidence.person_key
where evidence.rule <> rule_code('restricted');
comment on macro table list_explanation is 'One row per crime and person of list_evidence that is not restricted: counted or not, and by which rule.';
