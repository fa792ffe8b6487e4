-- One row per thing a list must say about itself: what was counted, what was left out and why, in counts.
create macro list_note() as table
with counted_crime as (
    select
        evidence.crime_key,
        bool_or(evidence.is_weighted) as is_weighted,
        bool_or(evidence.is_ambiguous) as is_ambiguous,
        bool_or(evidence.is_weighted and not evidence.is_reviewed) as is_unreviewed,
        bool_or(evidence.is_scope_uncertain) as is_scope_uncertain,
        bool_or(evidence.is_historic_crime) as is_historic,
        bool_or(not evidence.is_detection_known) as is_detection_unknown,
        bool_or(not evidence.is_namer_known) as is_namer_unknown,
        count(*) as suspects,
    from list_evidence as evidence
    where evidence.is_counted
    group by evidence.crime_key
),

counted_person as (
    select
        evidence.person_key,
        bool_or(evidence.is_weighted) as is_weighted,
        bool_or(not evidence.is_age_known) as is_age_unknown,
        bool_or(evidence.is_in_custody) as is_in_custody,
    from list_evidence as evidence
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
        evidence.rule,
        evidence.rule_detail,
        count(distinct evidence.crime_key) as crimes,
        count(distinct evidence.person_key) as people,
    from list_evidence as evidence
    where not evidence.is_counted
    group by evidence.rule, evidence.rule_detail
),

left_out_in_words as (
    select
        rule_in_words(left_out.rule, left_out.rule_detail, list_parameter.least_age) as reason,
        left_out.crimes,
        left_out.people,
    from left_out
    cross join list_parameter
),

-- Of what the window ends after, nothing is known yet; of what it ends before, there may be nothing.
reach as (
    select
        data_date.data_date as data_until,
        list_parameter.window_last_on - data_date.data_date as days_without_data,
        list_parameter.window_last_on as window_last_on,
        (select min(crime.reported_on) from crime) as data_from,
    from list_parameter
    cross join data_date
),

statement as (
    select unnest([
        struct_pack(
            place := 0,
            topic := 'warning',
            quantity := greatest(reach.days_without_data, reach.data_from - reach.window_last_on)::bigint,
            note := case
                when reach.days_without_data > 0 then format(
                    'the data end on {}, {} before the window does: what was reported since is not in this list',
                    reach.data_until,
                    number_of(reach.days_without_data, 'day', 'days')
                )
                else format(
                    'the window ends on {}, before the first report there is, of {}',
                    reach.window_last_on,
                    reach.data_from
                )
            end
        ),
        struct_pack(
            place := 1,
            topic := 'coverage',
            quantity := crime_sum.crimes,
            note := format(
                '{} counted: {:,} weighted, {:,} without a weight in the index; '
                || '{:,} where more than one offence fits the record',
                number_of(crime_sum.crimes, 'crime', 'crimes'),
                crime_sum.weighted,
                crime_sum.unweighted,
                crime_sum.ambiguous
            )
        ),
        struct_pack(
            place := 2,
            topic := 'coverage',
            quantity := person_sum.people,
            note := format(
                '{} in the pool: {:,} ranked, {:,} not ranked because no offence has a weight',
                number_of(person_sum.people, 'person', 'people'),
                person_sum.ranked,
                person_sum.unranked
            )
        ),
        struct_pack(
            place := 3,
            topic := 'coverage',
            quantity := crime_sum.unreviewed,
            note := concat(
                number_of(crime_sum.unreviewed, 'crime', 'crimes'),
                ' weighed by the median of the candidates: the typical item is not reviewed'
            )
        ),
        struct_pack(
            place := 4,
            topic := 'coverage',
            quantity := crime_sum.scope_uncertain,
            note := concat(
                number_of(crime_sum.scope_uncertain, 'crime', 'crimes'),
                ' in scope by the typical item, where other candidates are not'
            )
        ),
        struct_pack(
            place := 5,
            topic := 'included',
            quantity := crime_sum.detection_unknown,
            note := concat(
                number_of(crime_sum.detection_unknown, 'crime', 'crimes'),
                ' where it is not recorded who reported: treated as reported by victim or witness'
            )
        ),
        struct_pack(
            place := 6,
            topic := 'included',
            quantity := crime_sum.namer_unknown,
            note := concat(
                number_of(crime_sum.namer_unknown, 'crime', 'crimes'),
                ' where it is not recorded who named the suspect: treated as victim or witness'
            )
        ),
        struct_pack(
            place := 7,
            topic := 'included',
            quantity := crime_sum.historic_crimes,
            note := concat(
                number_of(crime_sum.historic_crimes, 'historic crime', 'historic crimes'),
                ', committed more than 365 days before the report'
            )
        ),
        struct_pack(
            place := 8,
            topic := 'included',
            quantity := person_sum.age_unknown,
            note := concat(number_of(person_sum.age_unknown, 'person', 'people'), ' of unknown age')
        ),
        struct_pack(
            place := 9,
            topic := 'included',
            quantity := person_sum.in_custody,
            note := concat(
                number_of(person_sum.in_custody, 'person', 'people'), ' in custody on ', list_parameter.window_last_on
            )
        ),
        struct_pack(
            place := 10,
            topic := 'included',
            quantity := crime_sum.shared,
            note := concat(
                number_of(crime_sum.shared, 'crime', 'crimes'),
                ' with several suspects, each of whom carries the full days: sums over people exceed sums over crimes'
            )
        ),
    ]) as fact,
    from crime_sum
    cross join person_sum
    cross join list_parameter
    cross join reach
)

select statement.fact.place, statement.fact.topic, statement.fact.quantity, statement.fact.note,
from statement
where statement.fact.place in (1, 2) or statement.fact.quantity > 0
union all
select
    100 + row_number() over (order by left_out_in_words.crimes desc, left_out_in_words.reason),
    'left out',
    left_out_in_words.crimes,
    concat(
        number_of(left_out_in_words.crimes, 'crime', 'crimes'), ', ',
        number_of(left_out_in_words.people, 'person', 'people'), ': ', left_out_in_words.reason
    ),
from left_out_in_words;
comment on macro table list_note is 'One row per thing a list must say about itself: what was counted, what was left out and why, in counts.';
