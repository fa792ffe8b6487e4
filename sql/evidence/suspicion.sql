-- One row per crime of the window and merged person suspected of it: the evidence behind a list, which makes
-- list_evidence and list_parameter before.
with known_identity as (
    select person.person_id, person.root_key,
    from person
    where $known_on::date is null or person.known_from <= $known_on
    union all
    select person_history.person_id, person_history.root_key,
    from person_history
    where
        $known_on::date is not null
        and person_history.known_from <= $known_on
        and person_history.known_to > $known_on
),

merged as (
    select
        known_identity.root_key as person_key,
        list(known_identity.person_id order by known_identity.person_id) as identities,
    from known_identity
    group by known_identity.root_key
    having count(*) > 1
)

select
    person.person_id,
    crime.crime_id,
    evidence.reported_on,
    coalesce(offence.code, offence.ho_class, offence.item) as code,
    suspect_status_at(evidence.status_order) as suspect_status,
    evidence.harm_days,
    evidence.is_counted,
    evidence.is_in_place,
    rule_in_words(evidence.rule, evidence.rule_detail, list_parameter.least_age) as reason,
    evidence.rule::varchar as rule,
    merged.identities,
from list_evidence as evidence
inner join crime_known_on($known_on) as crime using (crime_key)
inner join offence using (offence_key)
inner join person on person.person_key = evidence.person_key
cross join list_parameter
left join merged on merged.person_key = evidence.person_key
where evidence.rule <> rule_code('restricted')
order by person.person_id, crime.crime_id
