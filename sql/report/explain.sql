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
create or replace temp table asked_people as
select asked.person_key,
from asked_person($person, $known_on) as asked;

create or replace temp table asked_crimes as
select asked.crime_key,
from asked_crime($crime, $known_on) as asked;

create or replace temp table list_parameter as
select
    $as_of::date - ($window_days::integer - 1) as window_first_on,
    $as_of::date as window_last_on,
    $index::varchar as index_name,
    $scope::varchar as scope_name,
    $min_age::integer as least_age;

-- Everyone's totals of the window, for the rank: their evidence is not kept.
create or replace temp table list_pool as
with considered_evidence as not materialized (
    select evidence.*,
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
        placeholder := $placeholder,
        min_age := $min_age,
        of_sex := $suspect_sex,
        known_on := $known_on
    ) as evidence
    where evidence.is_in_window
),

list_evidence as not materialized (
    select narrow.*,
    from narrow_evidence(in_borough := $borough, in_bcu := $bcu) as narrow
)

select total.*,
from list_total(min_crimes := $min_crimes, min_victims := $min_victims, known_on := $known_on) as total;

-- The evidence of whom or what is asked, of every day.
create or replace temp table list_evidence as
with considered_evidence as not materialized (
    select evidence.*,
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
        placeholder := $placeholder,
        min_age := $min_age,
        of_sex := $suspect_sex,
        known_on := $known_on
    ) as evidence
    where
        ($person is null or evidence.person_key in (select asked_people.person_key from asked_people))
        and ($crime is null or evidence.crime_key in (select asked_crimes.crime_key from asked_crimes))
)

select narrow.*,
from narrow_evidence(in_borough := $borough, in_bcu := $bcu) as narrow;

create or replace temp table explained as
select explanation.*,
from list_explanation(known_on := $known_on) as explanation;

select
    explained.crime_id,
    explained.reported_on,
    explained.code,
    explained.offence,
    explained.item,
    explained.harm_days,
    explained.harm_days_low,
    explained.harm_days_high,
    explained.is_counted,
    explained.reason,
    explained.person_id,
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
from explained
left join crime using (crime_id)
order by
    explained.person_id,
    explained.is_counted desc,
    explained.reported_on desc,
    explained.crime_id;

-- The place of each person shown: rank and days, or why there is none; what leaves the window next.
with shown as (
    select
        explained.person_id,
        explained.person_key,
        count(*) filter (where explained.is_counted) as crimes,
        coalesce(sum(explained.harm_days) filter (where explained.is_counted), 0) as harm_days,
        count(*) filter (where explained.is_counted and explained.harm_days is null)
            as unweighted,
        count(*) filter (
            where explained.is_counted and explained.reported_on < $as_of::date + 8 - $window_days
        ) as leaving,
        coalesce(
            sum(explained.harm_days) filter (
                where
                    explained.is_counted
                    and explained.reported_on < $as_of::date + 8 - $window_days
            ),
            0
        ) as leaving_days,
    from explained
    group by explained.person_id, explained.person_key
),

cut as (
    select min(head.harm_days) as harm_days,
    from (
        select list_pool.harm_days,
        from list_pool
        where list_pool.harm_days is not null
        order by list_pool.harm_days desc
        limit $limit
    ) as head
),

-- A crime shows one crime of each suspect: their totals are on their own explanation.
standing as (
    select
        shown.*,
        case
            when list_pool.harm_days is not null
                then 1 + (
                    select count(*)
                    from list_pool as other
                    where other.harm_days > list_pool.harm_days
                )
        end as harm_rank,
        list_pool.harm_days as ranked_days,
        list_pool.person_key is not null as is_in_pool,
        cut.harm_days as cut_days,
    from shown
    left join list_pool using (person_key)
    cross join cut
)

select
    1 as place,
    'rank' as topic,
    standing.harm_rank as quantity,
    case
        when standing.harm_rank is not null
            then format(
                '{}: rank {:,} with {}', standing.person_id, standing.harm_rank,
                number_of_days(standing.ranked_days)
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
                '{}: on the list; {} above the cut-off at {}', standing.person_id,
                number_of_days(standing.ranked_days - standing.cut_days),
                regexp_replace(standing.cut_days::varchar, '\.?0+$', '')
            )
        else format(
            '{}: {} short of the cut-off at {}', standing.person_id,
            number_of_days(standing.cut_days - coalesce(standing.ranked_days, 0)),
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
            '{}: {} with {} {} the window in the next seven days',
            standing.person_id, number_of(standing.leaving, 'counted crime', 'counted crimes'),
            number_of_days(standing.leaving_days),
            case standing.leaving when 1 then 'leaves' else 'leave' end
        )
    end,
from standing
union all
select distinct
    4, 'placeholder', null,
    format(
        '{}: taken for nobody in particular: {}; --placeholder include counts it', shown.person_id,
        case
            when is_stand_in(person.person_id) then concat('the reference ', person.person_id)
            when merged_person.sex is null and merged_person.birth_year is null
                then 'neither sex nor birth year, which its load gives of others'
            else format('more than {} victims', placeholder_bound())
        end
    )
from shown
inner join person on person.root_key = shown.person_key
inner join merged_person on merged_person.person_key = shown.person_key
where person.is_placeholder
union all
select
    5, 'merged', null,
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
    6 as place,
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
