/*
title = "Why this person has this rank, or none"
summary = "One row per crime considered: counted or not, and by which rule."
statement = "Reports received, not findings of guilt. The counted days add up to the days of the list."
columns_first = ["crime_id", "harm_days", "is_counted", "reason", "reported_on", "offence", "person_id"]
bar = "harm_days"
example = "--person P000123"
parameters_of = "v100"
one_of = [["person", "crime"]]

[param.person]
type = "person"
optional = true
help = "Reference of the person; any of their merged references will do."

[param.crime]
type = "crime"
optional = true
help = "Reference of a crime, to see each of its suspects."

[param.carry]
type = "list"
optional = true
help = "Columns that were carried along by the load, such as officer,unit, to be shown with each crime."
*/
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
    case
        when $carry is not null
            then array_to_string(
                list_transform(
                    $carry::varchar[],
                    lambda name: concat(
                        name, ' ',
                        coalesce(
                            -- Kept under the name it was asked for by, whatever its case.
                            json_extract_string(
                                crime.carried,
                                concat(
                                    '$."',
                                    list_extract(
                                        list_filter(
                                            json_keys(crime.carried), lambda key: lower(key) = lower(name)
                                        ),
                                        1
                                    ),
                                    '"'
                                )
                            ),
                            'none'
                        )
                    )
                ),
                ', '
            )
    end as carried,
from harm_explanation(
    as_of := $as_of,
    of_person := $person,
    of_crime := $crime,
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
) as explanation
left join crime using (crime_id)
order by
    explanation.person_id,
    explanation.is_counted desc,
    explanation.reported_on desc,
    explanation.crime_id;

-- The place of each person shown: rank and days, or why there is none; what leaves the window next.
with shown as (
    select
        explanation.person_id,
        count(*) filter (where explanation.is_counted) as crimes,
        coalesce(sum(explanation.harm_days) filter (where explanation.is_counted), 0) as harm_days,
        count(*) filter (where explanation.is_counted and explanation.harm_days is null)
            as unweighted,
        count(*) filter (
            where explanation.is_counted and explanation.reported_on < $as_of::date + 8 - $window_days
        ) as leaving,
        coalesce(
            sum(explanation.harm_days) filter (
                where
                    explanation.is_counted
                    and explanation.reported_on < $as_of::date + 8 - $window_days
            ),
            0
        ) as leaving_days,
    from harm_explanation(
        as_of := $as_of,
        of_person := $person,
        of_crime := $crime,
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
    ) as explanation
    group by explanation.person_id
),

-- A crime shows one crime of each suspect: their totals are on their own explanation.
everyone as (
    select ranking.person_id, ranking.harm_rank, ranking.harm_days,
    from harm_ranking(
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
        known_on := $known_on,
        min_crimes := $min_crimes,
        min_victims := $min_victims,
        in_borough := $borough,
        in_bcu := $bcu
    ) as ranking
),

cut as (
    select min(everyone.harm_days) as harm_days,
    from everyone
    where everyone.harm_rank <= $limit
),

standing as (
    select
        shown.*,
        everyone.harm_rank,
        everyone.harm_days as ranked_days,
        everyone.person_id is not null as is_in_pool,
        cut.harm_days as cut_days,
    from shown
    left join everyone using (person_id)
    cross join cut
)

select
    1 as place,
    'rank' as topic,
    standing.harm_rank as quantity,
    case
        when standing.harm_rank is not null
            then format(
                '{}: rank {:,} with {} days', standing.person_id, standing.harm_rank,
                regexp_replace(standing.ranked_days::varchar, '\.?0+$', '')
            )
        when standing.crimes = 0
            then format('{}: no rank, for no crime is counted', standing.person_id)
        when standing.is_in_pool or standing.crimes = standing.unweighted
            then format('{}: no rank, for no counted crime has a weight in the index', standing.person_id)
        else format(
            '{}: no rank, for the list asks for more crimes, more victims or another place',
            standing.person_id
        )
    end as note,
from standing
union all
-- Whom no crime names, now or as it was known: a victim, or somebody of whom no more than a description is held.
select
    1, 'rank', null,
    case
        when $person is not null then format('{}: no rank, for no crime names them as a suspect', $person)
        else format('{}: no suspect of it is named', $crime)
    end,
from (
    select count(*) as people,
    from shown
) as considered
where
    considered.people = 0
    and not exists (
        select suspicion.person_key
        from suspicion
        inner join crime using (crime_key)
        where crime.crime_id = $crime
    )
    and not exists (
        select person.person_key
        from person
        left join suspicion on suspicion.person_key = person.root_key
        left join restricted_person on restricted_person.person_key = person.root_key
        where
            person.person_id = $person
            and (suspicion.person_key is not null or restricted_person.person_key is not null)
    )
union all
select
    2, 'cut', null,
    case
        when standing.cut_days is null then format('nobody is listed')
        when standing.harm_rank <= $limit
            then format(
                '{}: on the list; {} days above the cut at {}', standing.person_id,
                regexp_replace((standing.ranked_days - standing.cut_days)::varchar, '\.?0+$', ''),
                regexp_replace(standing.cut_days::varchar, '\.?0+$', '')
            )
        else format(
            '{}: {} days short of the cut at {}', standing.person_id,
            regexp_replace(
                (standing.cut_days - coalesce(standing.ranked_days, 0))::varchar, '\.?0+$', ''
            ),
            regexp_replace(standing.cut_days::varchar, '\.?0+$', '')
        )
    end,
from standing
union all
select
    3, 'leaving', standing.leaving,
    case
        when $person is null
            then format(
                '{}: this crime {} the window in the next seven days', standing.person_id,
                case when standing.leaving > 0 then 'leaves' else 'does not leave' end
            )
        else format(
            '{}: {} with {} days {} the window in the next seven days',
            standing.person_id, number_of(standing.leaving, 'counted crime', 'counted crimes'),
            regexp_replace(standing.leaving_days::varchar, '\.?0+$', ''),
            case standing.leaving when 1 then 'leaves' else 'leave' end
        )
    end,
from standing
union all
select
    4, 'merged', null,
    format('{} is {} after merging identities', $person, root.person_id),
from person
inner join person as root on root.person_key = person.root_key
where
    person.person_id = $person
    and root.person_id <> $person
    and root.person_key not in (select restricted_person.person_key from restricted_person)
order by place, note;

-- Of a restricted record no more is said than that.
select
    5 as place,
    'restricted' as topic,
    count(distinct named.person_key) as quantity,
    case
        when $person is not null then format('{}: the record is restricted', $person)
        else format(
            '{} of this crime not shown: the record is restricted',
            number_of(count(distinct named.person_key), 'suspect', 'suspects')
        )
    end as note,
from (
    select person.root_key as person_key,
    from person
    where person.person_id = $person
    union
    select suspicion.person_key,
    from suspicion
    inner join crime using (crime_key)
    where crime.crime_id = $crime
) as named
semi join restricted_person using (person_key)
having count(*) > 0;
