/*
title = "Records due for review"
summary = "One row per record past its review date: a person, a crime, a decision, a restriction, a load's quarantine."
statement = "A reminder. Whether a record is kept, restricted or forgotten is decided by a person."
columns_first = ["kind", "reference", "due_on", "days_over", "last_on", "why"]
example = "--years 6 --kind person"

[param.as_of]
type = "date"
default = "data-date"
help = "Day on which it is asked."

[param.years]
type = "integer"
default = 6
range = [1, 150]
help = "Years after which a person or crime of whom nothing new is recorded is due; your own schedule decides."

[param.exclusion_days]
type = "integer"
default = 0
range = [0, 3650]
help = "Days before their review date from which decisions to leave someone out are shown."

[param.restriction_days]
type = "integer"
default = 365
range = [0, 36500]
help = "Days after which a restriction is due."

[param.quarantine_days]
type = "integer"
default = 365
range = [0, 36500]
help = "Days after which rows in quarantine are due."

[param.kind]
type = "list"
optional = true
choices_from = "select unnest(['person', 'crime', 'exclusion', 'restriction', 'quarantine']) as kind order by kind"
help = "Kinds of record; all unless given."
*/
create or replace temp table due as
with crime_last as (
    -- The last day on which something about the crime happened: report, naming, status.
    select
        crime.crime_key,
        crime.crime_id,
        -- greatest() passes over nulls.
        greatest(crime.reported_on, max(suspect.status_on), max(suspect.named_on)) as last_on,
    from crime
    left join suspect using (crime_key)
    group by crime.crime_key, crime.crime_id, crime.reported_on
),

person_last as (
    select person.root_key as person_key, max(named.last_on) as last_on,
    from (
        select suspect.person_key, crime_last.last_on,
        from suspect
        inner join crime_last using (crime_key)
        union all
        select victim.person_key, crime_last.last_on,
        from victim
        inner join crime_last using (crime_key)
    ) as named
    inner join person using (person_key)
    group by person.root_key
)

select
    'person' as kind,
    person.person_id as reference,
    person_last.last_on,
    person_last.last_on + to_years($years::integer) as due_on,
    'no crime of theirs has anything new' as why,
from person_last
inner join person using (person_key)
where person_last.person_key not in (select restricted_person.person_key from restricted_person)
union all
select
    'crime', crime_last.crime_id, crime_last.last_on,
    crime_last.last_on + to_years($years::integer),
    'nothing new',
from crime_last
union all
select
    'exclusion', exclusion.person_id, exclusion.from_on,
    exclusion.review_on - $exclusion_days::integer,
    format(
        'left out since {} by {}, to be reviewed on {}',
        exclusion.from_on, exclusion.decided_by, exclusion.review_on
    ),
from exclusion
union all
select
    'restriction', restriction.person_id, restriction.restricted_on,
    restriction.restricted_on + $restriction_days::integer,
    format('restricted since {}', restriction.restricted_on),
from restriction
where restriction.lifted_on is null
union all
select
    'quarantine', concat('load ', load_reject.batch_key), load_batch.extract_on,
    load_batch.extract_on + $quarantine_days::integer,
    concat(number_of(count(*), 'row', 'rows'), ' refused, kept with the text'),
from load_reject
inner join load_batch using (batch_key)
where load_reject.row_text <> ''
group by load_reject.batch_key, load_batch.extract_on;

select
    due.kind,
    due.reference,
    due.last_on,
    due.due_on::date as due_on,
    $as_of::date - due.due_on::date as days_over,
    due.why,
from due
where
    due.due_on::date <= $as_of::date
    and ($kind is null or list_contains($kind, due.kind))
order by days_over desc, due.kind, due.reference, due.why;

-- How many of each kind are due, of how many.
select
    row_number() over (order by due.kind) as place,
    'due' as topic,
    count(*) filter (where due.due_on::date <= $as_of::date) as quantity,
    format(
        '{}: {:,} of {:,} are due', due.kind,
        count(*) filter (where due.due_on::date <= $as_of::date), count(*)
    ) as note,
from due
where $kind is null or list_contains($kind, due.kind)
group by due.kind
order by place;
