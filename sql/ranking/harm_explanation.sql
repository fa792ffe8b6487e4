-- One row per crime considered for one person, or per suspect considered for one crime: counted or not, and why.
create macro harm_explanation(
    as_of date,
    of_person varchar := null,
    of_crime varchar := null,
    window_days integer := 365,
    weights varchar := 'cchi-2020',
    scope varchar := 'vawg',
    weight_rule varchar := 'middle',
    naming varchar := 'all',
    historic varchar := 'include',
    proactive varchar := 'exclude',
    custody varchar := 'include',
    min_age integer := 18,
    of_sex varchar := null,
    known_on date := null
) as table
with asked_person as (
    -- Who they were after the merges known that day.
    select person.root_key,
    from person
    where
        person.person_id = of_person
        and (known_on is null or person.known_from <= known_on)
    union
    select person_history.root_key,
    from person_history
    where
        known_on is not null
        and person_history.person_id = of_person
        and person_history.known_from <= known_on
        and person_history.known_to > known_on
),

asked_crime as (
    select crime.crime_key,
    from crime
    where crime.crime_id = of_crime
    union
    select crime_history.crime_key,
    from crime_history
    where known_on is not null and crime_history.crime_id = of_crime
)

select
    crime.crime_id,
    evidence.reported_on,
    coalesce(offence.code, offence.ho_class, offence.item) as code,
    evidence.offence,
    evidence.item,
    evidence.harm_days,
    evidence.harm_days_low,
    evidence.harm_days_high,
    evidence.is_counted,
    evidence.reason,
    person.person_id,
from harm_evidence(
    as_of,
    window_days := window_days,
    weights := weights,
    scope := scope,
    weight_rule := weight_rule,
    naming := naming,
    historic := historic,
    proactive := proactive,
    custody := custody,
    min_age := min_age,
    of_sex := of_sex,
    known_on := known_on
) as evidence
inner join crime_known_on(known_on) as crime using (crime_key)
inner join offence using (offence_key)
inner join person on person.person_key = evidence.person_key
where
    evidence.is_not_restricted
    and (of_person is null or evidence.person_key in (select asked_person.root_key from asked_person))
    and (of_crime is null or evidence.crime_key in (select asked_crime.crime_key from asked_crime))
    and (of_person is not null or of_crime is not null);
comment on macro table harm_explanation is 'One row per crime considered for one person, or per suspect considered for one crime: counted or not, and by which rule.';
