-- What the load says of each crime in its files: new, unchanged, replaced or outdated (rules 3 and 6).
create temp table verdict as
with held as (
    select
        crime.crime_id,
        crime.crime_key,
        crime.content,
        crime.confirmed_on as held_on,
    from crime
    union all
    -- Withdrawn crimes: their key is kept, and an extract from before the withdrawal does not revive them.
    select
        crime_history.crime_id,
        max(crime_history.crime_key) as crime_key,
        null as content,
        max(crime_history.known_to) as held_on,
    from crime_history
    anti join crime using (crime_key)
    group by crime_history.crime_id
)

select
    staged_crime.crime_id,
    staged_crime.rows_in,
    held.crime_key,
    case
        when held.content = staged_crime.content then 'unchanged'
        when held.held_on > getvariable('extract_on') then 'outdated'
        when held.content is null then 'new'
        else 'replaced'
    end as verdict,
from staging.staged_crime
left join held using (crime_id);

-- Crimes absent from an extract declared complete for their report dates (rule 6). A refused crime is not absent.
create temp table withdrawn as
select crime.crime_id, crime.crime_key,
from crime
anti join staging.staged_crime using (crime_id)
anti join staging.staged_refusal using (crime_id)
anti join staging.staged_unread using (crime_id)
where
    crime.reported_on between getvariable('full_from_on') and getvariable('full_to_on')
    and crime.confirmed_on <= getvariable('extract_on');

create temp table taken as
select
    verdict.crime_id,
    coalesce(
        verdict.crime_key,
        (select greatest(
            (select coalesce(max(crime.crime_key), 0) from crime),
            (select coalesce(max(crime_history.crime_key), 0) from crime_history)
        ))
        + row_number() over (
            partition by verdict.crime_key is null
            order by staged_crime.reported_on, verdict.crime_id
        )
    )::integer as crime_key,
    verdict.verdict,
from verdict
inner join staging.staged_crime using (crime_id)
where verdict.verdict in ('new', 'replaced');

create temp table ended as
select taken.crime_key,
from taken
where taken.verdict = 'replaced'
union all
select withdrawn.crime_key,
from withdrawn;
