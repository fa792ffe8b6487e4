-- One row per human decision to leave a person out.
create table demo_exclusion as
with decision as (
    select *,
    from (
        values
            (1, 'Superintendent, Public Protection', 'managed by another force by agreement'),
            (2, 'Superintendent, Public Protection', 'mistaken for another, under review'),
            (3, 'Detective Chief Inspector, Central', 'terminally ill, in a hospice'),
            (4, 'Detective Chief Inspector, Central', 'left the country, no return expected')
    ) as written(decision_number, decided_by, reason)
),
grave as (
    -- people reported for a grave crime in the last year, most of all for two or more
    select
        suspect.suspect_number,
        least(count(*), 2) as grave_crimes,
    from demo_suspect as suspect
    inner join demo_crime as crime
        on crime.crime_key = suspect.crime_key
    cross join demo_parameter as parameter
    where crime.is_grave
        and not crime.is_written
        and crime.reported_on > parameter.until_on - 365
        and suspect.suspect_number > 100 * 64
        and suspect.suspect_number % 64 = 0
    group by suspect.suspect_number
),
chosen as (
    select
        grave.suspect_number,
        row_number() over (
            order by
                grave.grave_crimes desc,
                demo_draw('exclude', grave.suspect_number),
                grave.suspect_number
        ) as decision_number,
    from grave
)
select
    person.person_id,
    parameter.until_on - (20 + 30 * decision.decision_number) as from_on,
    parameter.until_on + (160 - 30 * decision.decision_number) as review_on,
    decision.decided_by,
    decision.reason,
from decision
inner join chosen
    on chosen.decision_number = decision.decision_number
inner join demo_person as person
    on person.reference_number = chosen.suspect_number
cross join demo_parameter as parameter
order by person.person_id;
comment on table demo_exclusion is
    'One row per human decision to leave a person out.';
