-- One row per thing a list must say about itself: what was counted, what was left out and why, in counts.
create macro harm_note(
    as_of date,
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
with evidence as (
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
    ) as considered
    where considered.is_in_window
),

counted_crime as (
    select
        evidence.crime_key,
        bool_or(evidence.is_weighted) as is_weighted,
        bool_or(evidence.harm_days_low < evidence.harm_days_high) as is_ambiguous,
        bool_or(evidence.is_weighted and not evidence.is_reviewed) as is_unreviewed,
        bool_or(evidence.is_scope_uncertain) as is_scope_uncertain,
        bool_or(evidence.is_historic_crime) as is_historic,
        bool_or(evidence.detection is null) as is_detection_unknown,
        bool_or(evidence.namer is null) as is_namer_unknown,
        count(*) as suspects,
    from evidence
    where evidence.is_counted
    group by evidence.crime_key
),

counted_person as (
    select
        evidence.person_key,
        bool_or(evidence.is_weighted) as is_weighted,
        bool_or(evidence.age_low is null) as is_age_unknown,
        bool_or(evidence.is_in_custody) as is_in_custody,
    from evidence
    where evidence.is_counted
    group by evidence.person_key
),

crime_sum as (
    select
        count(*) as crimes,
        count(*) filter (where counted_crime.is_weighted) as weighted,
        count(*) filter (where not counted_crime.is_weighted) as unweighted,
        count(*) filter (where counted_crime.is_ambiguous) as ambiguous,
        count(*) filter (where counted_crime.is_unreviewed) as unreviewed,
        count(*) filter (where counted_crime.is_scope_uncertain) as scope_uncertain,
        count(*) filter (where counted_crime.is_historic) as historic_crimes,
        count(*) filter (where counted_crime.is_detection_unknown) as detection_unknown,
        count(*) filter (where counted_crime.is_namer_unknown) as namer_unknown,
        count(*) filter (where counted_crime.suspects > 1) as shared,
    from counted_crime
),

person_sum as (
    select
        count(*) as people,
        count(*) filter (where counted_person.is_weighted) as ranked,
        count(*) filter (where not counted_person.is_weighted) as unranked,
        count(*) filter (where counted_person.is_age_unknown) as age_unknown,
        count(*) filter (where counted_person.is_in_custody) as in_custody,
    from counted_person
),

left_out as (
    select
        evidence.reason,
        count(distinct evidence.crime_key) as crimes,
        count(distinct evidence.person_key) as people,
    from evidence
    where not evidence.is_counted
    group by evidence.reason
),

line as (
    select
        1 as place,
        'coverage' as topic,
        crime_sum.crimes as quantity,
        format(
            '{} counted: {:,} weighted, {:,} without a weight in the index; '
            || '{:,} where the record leaves room between low and high',
            number_of(crime_sum.crimes, 'crime', 'crimes'),
            crime_sum.weighted,
            crime_sum.unweighted,
            crime_sum.ambiguous
        ) as note,
    from crime_sum
    union all
    select
        2, 'coverage', person_sum.people,
        format(
            '{} in the pool: {:,} ranked, {:,} not ranked for want of a weight',
            number_of(person_sum.people, 'person', 'people'), person_sum.ranked, person_sum.unranked
        ),
    from person_sum
    union all
    select
        3, 'coverage', crime_sum.unreviewed,
        concat(
            number_of(crime_sum.unreviewed, 'crime', 'crimes'),
            ' weighed by the median of the candidates: the typical item is not reviewed'
        ),
    from crime_sum
    where crime_sum.unreviewed > 0
    union all
    select
        4, 'coverage', crime_sum.scope_uncertain,
        concat(
            number_of(crime_sum.scope_uncertain, 'crime', 'crimes'),
            ' in scope by the typical item, where other candidates are not'
        ),
    from crime_sum
    where crime_sum.scope_uncertain > 0
    union all
    select
        5, 'included', crime_sum.detection_unknown,
        concat(
            number_of(crime_sum.detection_unknown, 'crime', 'crimes'),
            ' not said who detected: taken as reported by victim or witness'
        ),
    from crime_sum
    where crime_sum.detection_unknown > 0
    union all
    select
        6, 'included', crime_sum.namer_unknown,
        concat(
            number_of(crime_sum.namer_unknown, 'crime', 'crimes'),
            ' not said who named a suspect: taken as victim or witness'
        ),
    from crime_sum
    where crime_sum.namer_unknown > 0
    union all
    select
        7, 'included', crime_sum.historic_crimes,
        concat(
            number_of(crime_sum.historic_crimes, 'historic crime', 'historic crimes'),
            ', committed more than 365 days before the report'
        ),
    from crime_sum
    where crime_sum.historic_crimes > 0
    union all
    select
        8, 'included', person_sum.age_unknown,
        concat(number_of(person_sum.age_unknown, 'person', 'people'), ' of unknown age'),
    from person_sum
    where person_sum.age_unknown > 0
    union all
    select
        9, 'included', person_sum.in_custody,
        concat(number_of(person_sum.in_custody, 'person', 'people'), ' in custody on ', as_of),
    from person_sum
    where person_sum.in_custody > 0
    union all
    select
        10, 'included', crime_sum.shared,
        concat(
            number_of(crime_sum.shared, 'crime', 'crimes'),
            ' with several suspects, each of whom carries the full days: sums over people exceed sums over crimes'
        ),
    from crime_sum
    where crime_sum.shared > 0
    union all
    select
        100 + row_number() over (order by left_out.crimes desc, left_out.reason),
        'left out', left_out.crimes,
        concat(
            number_of(left_out.crimes, 'crime', 'crimes'), ', ',
            number_of(left_out.people, 'person', 'people'), ': ', left_out.reason
        ),
    from left_out
)

select line.place, line.topic, line.quantity, line.note,
from line;
comment on macro table harm_note is 'One row per thing a list must say about itself: what was counted, what was left out and why, in counts.';
