/*
# Everything up to the closing mark is TOML. The name of the file is the name of the report: harmrank report {name}
title = "{name}"
summary = "One row per month: crimes counted and their days."
statement = "Counts of crimes reported, not of findings of guilt."
example = "--months 6"

# What the SQL calls $months is the flag --months. Types: date, integer, decimal, boolean, text, choice, list,
# person, crime. Without a default it must be given; with optional = true it may be left out, and is null.
[param.as_of]
type = "date"
default = "data-date"
help = "Last day counted, inclusive."

[param.months]
type = "integer"
default = 12
range = [1, 120]
help = "Months shown, the last first."

[param.boroughs]
type = "list"
optional = true
choices_from = "select distinct borough from crime where borough is not null order by borough"
help = "Boroughs of the crime; all unless given."
*/

-- A report reads: SELECT, and `create temp table NAME as SELECT` for steps on the way. The first statement that
-- makes no table yields the rows. Columns named harm_days, crimes or is_something are shown as such.
with evidence as (
    select
        evidence.crime_key,
        date_trunc('month', evidence.reported_on)::date as month,
        max(evidence.harm_days) as harm_days,
    from harm_evidence(as_of := $as_of, window_days := 31 * $months, scope := 'all') as evidence
    inner join crime using (crime_key)
    where evidence.is_counted and ($boroughs is null or list_contains($boroughs, crime.borough))
    group by evidence.crime_key, month
)

select
    evidence.month,
    count(*) as crimes,
    coalesce(sum(evidence.harm_days), 0)::decimal(18, 4) as harm_days,
from evidence
group by evidence.month
order by evidence.month desc
limit $months;

-- Every statement after it yields notes for the foot of the output: topic, quantity, note.
select
    'coverage' as topic,
    count(*) as quantity,
    concat(number_of(count(*), 'crime is', 'crimes are'), ' held') as note,
from crime;
