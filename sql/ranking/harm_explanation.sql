-- One row per crime considered for one person, or per suspect considered for one crime: counted or not, and why.
create macro harm_explanation(
    as_of date,
    of_person varchar := null,
    of_crime varchar := null,
    window_days integer := 365,
    weights varchar := default_index(),
    scope varchar := 'vawg',
    weight_rule varchar := 'middle',
    naming varchar := 'all',
    historic varchar := 'include',
    proactive varchar := 'exclude',
    custody varchar := 'include',
    placeholder varchar := 'exclude',
    min_age integer := 18,
    of_sex varchar := null,
    known_on date := null
) as table
with list_parameter as (
    select
        as_of - (window_days - 1) as window_first_on,
        as_of as window_last_on,
        weights as index_name,
        scope as scope_name,
        min_age as least_age,
),

considered_evidence as not materialized (
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
        placeholder := placeholder,
        min_age := min_age,
        of_sex := of_sex,
        known_on := known_on
    ) as evidence
    where
        (
            of_person is null
            or evidence.person_key in (
                select asked.person_key from asked_person(of_person, known_on) as asked
            )
        )
        and (
            of_crime is null
            or evidence.crime_key in (
                select asked.crime_key from asked_crime(of_crime, known_on) as asked
            )
        )
        and (of_person is not null or of_crime is not null)
),

list_evidence as (
    from narrow_evidence()
)

select
    explanation.crime_id,
    explanation.reported_on,
    explanation.code,
    explanation.offence,
    explanation.item,
    explanation.harm_days,
    explanation.harm_days_low,
    explanation.harm_days_high,
    explanation.is_counted,
    explanation.reason,
    explanation.person_id,
from list_explanation(known_on) as explanation;
comment on macro table harm_explanation is 'One row per crime considered for one person, or per suspect considered for one crime: counted or not, and by which rule.';
