-- One row per crime of the window and merged person suspected of it: the evidence behind a list.
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
    evidence.suspect_status,
    evidence.harm_days,
    evidence.is_counted,
    evidence.reason,
    merged.identities,
from harm_evidence(
    as_of := $as_of,
    window_days := $window_days,
    weights := $index,
    scope := $scope,
    weight_rule := $weight_rule,
    naming := $named_by,
    historic := $historic,
    proactive := $proactive,
    custody := $custody,
    min_age := $min_age,
    of_sex := $suspect_sex,
    known_on := $known_on
) as evidence
inner join crime_known_on($known_on) as crime using (crime_key)
inner join offence using (offence_key)
inner join person on person.person_key = evidence.person_key
left join merged on merged.person_key = evidence.person_key
where evidence.is_in_window and evidence.is_not_restricted
order by person.person_id, crime.crime_id
