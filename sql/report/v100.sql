/*
title = "People reported for the most harm"
summary = "One row per suspect, most reported harm first."
statement = "An order of reports received. It is not a prediction and not a finding of guilt."
columns_first = ["harm_rank", "person_id", "harm_days", "crimes", "victims", "gravest_offence", "furthest_status", "is_in_custody"]
bar = "harm_days"
example = "--window-days 90 --limit 50"
evidence = "suspicion"

[param.as_of]
type = "date"
default = "data-date"
help = "Last day of the window, inclusive."

[param.window_days]
type = "integer"
default = 365
range = [1, 36500]
help = "Length of the window in days, by date of report."

[param.limit]
type = "integer"
default = 100
range = [1, 1000000]
help = "Rank of the cut; everyone tied at it is kept."

[param.index]
type = "choice"
default = "cchi-2020"
choices_from = "select index_id from harm_index order by index_id"
is_comparable = true
help = "Harm index that gives the days."

[param.scope]
type = "choice"
default = "vawg"
choices = ["vawg", "vawg-stat", "domestic", "sexual", "all"]
is_comparable = true
help = "Crimes taken in. vawg: a female victim, and a VAWG offence or the domestic-abuse flag."

[param.weight_rule]
type = "choice"
default = "middle"
choices = ["low", "middle", "high"]
is_comparable = true
help = "Days where the record fits several items: the least, the typical, the most."

[param.named_by]
type = "choice"
default = "all"
choices = ["all", "public"]
is_comparable = true
help = "Who named the suspect. public: victims and witnesses only."

[param.historic]
type = "choice"
default = "include"
choices = ["include", "exclude", "only"]
is_comparable = true
help = "Crimes committed more than 365 days before their report."

[param.proactive]
type = "choice"
default = "exclude"
choices = ["include", "exclude", "only"]
is_comparable = true
help = "Crimes detected by police or a company."

[param.custody]
type = "choice"
default = "include"
choices = ["include", "exclude", "only"]
help = "People in custody on the last day; included, they are marked."

[param.placeholder]
type = "choice"
default = "exclude"
choices = ["include", "exclude", "only"]
help = "References that stand for nobody in particular, such as UNKNOWN; report explain says why one is taken so."

[param.min_age]
type = "integer"
default = 18
range = [10, 120]
help = "Least age at the report; possibly under counts as under, unknown is included."

[param.min_crimes]
type = "integer"
default = 1
range = [1, 1000]
is_cut = true
help = "Least number of counted crimes."

[param.min_victims]
type = "integer"
default = 1
range = [1, 1000]
is_cut = true
help = "Least number of distinct victims."

[param.suspect_sex]
type = "choice"
optional = true
choices = ["F", "M", "X"]
help = "Sex of the suspect; any unless given."

[param.borough]
type = "text"
optional = true
is_cut = true
values_from = '''
select distinct crime.borough,
from crime
where
    crime.borough is not null
    and crime.reported_on between $as_of::date - ($window_days::integer - 1) and $as_of::date
order by crime.borough
'''
known_from = "select distinct crime.borough from crime where crime.borough is not null order by crime.borough"
help = "People with a counted crime in this borough; their score stays force-wide."

[param.bcu]
type = "text"
optional = true
is_cut = true
values_from = '''
select distinct crime.bcu,
from crime
where
    crime.bcu is not null
    and crime.reported_on between $as_of::date - ($window_days::integer - 1) and $as_of::date
order by crime.bcu
'''
known_from = "select distinct crime.bcu from crime where crime.bcu is not null order by crime.bcu"
help = "People with a counted crime in this basic command unit; their score stays force-wide."

[param.known_on]
type = "date"
optional = true
help = "The list as the data stood on this day, by extract date; as they stand now unless given."

[[chart]]
kind = "histogram"
title = "Everyone ranked, by harm days"
value = "harm_days"
count = "people"
of = "people"
unit = "harm days"
note = "Everyone the parameters take in, not the listed alone."
query = '''
select list_pool.harm_days, count(*) as people,
from list_pool
group by list_pool.harm_days
order by list_pool.harm_days
'''

[[chart]]
kind = "lorenz"
title = "How the days fall on people"
value = "harm_days"
count = "people"
of = "people"
unit = "harm days"
note = "Everyone the parameters take in. Each co-suspect carries the full days of a crime, so sums over people exceed sums over crimes."
query = '''
select list_pool.harm_days, count(*) as people,
from list_pool
group by list_pool.harm_days
order by list_pool.harm_days
'''
*/
-- The parameters are given once, to the evidence; everything below reads that.
create or replace temp table list_parameter as
select
    $as_of::date - ($window_days::integer - 1) as window_first_on,
    $as_of::date as window_last_on,
    $index::varchar as index_name,
    $scope::varchar as scope_name,
    $min_age::integer as least_age;

create or replace temp table list_evidence as
with considered_evidence as not materialized (
    select considered.*,
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
    ) as considered
    where considered.is_in_window
)

select narrow.*,
from narrow_evidence(in_borough := $borough, in_bcu := $bcu) as narrow;

create or replace temp table list_pool as
select total.*,
from list_total(min_crimes := $min_crimes, min_victims := $min_victims, known_on := $known_on) as total;

create or replace temp table listed as
select list_row.*,
from list_row(list_size := $limit, known_on := $known_on) as list_row;

select
    listed.harm_rank,
    listed.person_id,
    listed.harm_days,
    listed.harm_days_low,
    listed.harm_days_high,
    listed.crimes,
    listed.unweighted_crimes,
    listed.victims,
    listed.gravest_offence,
    listed.gravest_days,
    listed.historic_days,
    listed.first_reported_on,
    listed.last_reported_on,
    listed.furthest_status,
    listed.is_in_custody,
    listed.is_age_unknown,
    listed.reported_as_victim,
from listed
order by listed.harm_rank, listed.person_id;

-- The cut and who is tied at it (rule 29).
with cut as (
    select
        count(*) as people,
        min(listed.harm_days) as least_days,
        coalesce(sum(listed.harm_days), 0) as harm_days,
        coalesce(sum(listed.crimes), 0) as crimes,
        count(*) filter (where listed.harm_days = (select min(lowest.harm_days) from listed as lowest)) as tied,
    from listed
),

-- The place that was asked for, and the one nearest to it in spelling that the data name: a slip would else be a list
-- without anybody. Looked for only where there is one to look for.
named_place as (
    select
        coalesce($borough, $bcu)::varchar as asked_for,
        (
            select named.place_name
            from (
                select crime.borough as place_name
                from crime
                where $borough is not null and crime.borough is not null
                union
                select crime.bcu
                from crime
                where $borough is null and $bcu is not null and crime.bcu is not null
            ) as named
            order by
                damerau_levenshtein(lower(named.place_name), lower(coalesce($borough, $bcu)::varchar)),
                named.place_name
            limit 1
        ) as nearest,
)

select
    0 as place,
    'cut' as topic,
    cut.people as quantity,
    format(
        '{} listed, {}, {} (about {}); {}',
        number_of(cut.people, 'person', 'people'),
        number_of(cut.crimes, 'person-crime pair', 'person-crime pairs'),
        number_of(round(cut.harm_days), 'day', 'days'), number_of(round(cut.harm_days / 365), 'year', 'years'),
        case
            when cut.people = 0 and named_place.asked_for <> named_place.nearest
                then format(
                    'no crime is in {}; the nearest name in the data is {}', named_place.asked_for, named_place.nearest
                )
            when cut.people = 0 and named_place.asked_for is not null
                then format('nobody has a counted crime in {}', named_place.asked_for)
            when cut.people < $limit then format('fewer than {} are ranked under these parameters', $limit)
            else format(
                'the cut-off is at {}, {}',
                number_of_days(cut.least_days),
                case cut.tied when 1 then 'where nobody is tied' else format('where {:,} are tied', cut.tied) end
            )
        end
    ) as note,
from cut
cross join named_place;

-- What was counted, what was left out and why.
select list_note.place, list_note.topic, list_note.quantity, list_note.note,
from list_note() as list_note
order by list_note.place;
