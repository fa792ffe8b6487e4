-- What the load says of each crime in its files: new, unchanged, replaced or outdated (rules 3 and 6).
create temp table verdict as
with held as (
    select
        crime.crime_id,
        crime.crime_key,
        crime.crime_content,
        crime.suspects_content,
        crime.victims_content,
        crime.confirmed_on as held_on,
        true as is_held,
    from crime
    union all
    -- Withdrawn crimes: their key is kept, and an extract from before the withdrawal does not revive them.
    select
        crime_history.crime_id,
        max(crime_history.crime_key) as crime_key,
        null as crime_content,
        null as suspects_content,
        null as victims_content,
        max(crime_history.known_to) as held_on,
        false as is_held,
    from crime_history
    anti join crime using (crime_key)
    group by crime_history.crime_id
)

select
    staged_crime.crime_row,
    staged_crime.crime_id,
    staged_crime.reported_on,
    staged_crime.rows_in,
    held.crime_key,
    case
        when
            held.crime_content = staged_crime.crime_content
            and held.suspects_content = staged_crime.suspects_content
            and held.victims_content = staged_crime.victims_content
            then 'unchanged'
        when held.held_on > getvariable('extract_on') then 'outdated'
        when held.is_held then 'replaced'
        else 'new'
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

-- Keys go by day of report, for crimes of one day by reference.
create temp table taken as
select
    verdict.crime_row,
    coalesce(
        verdict.crime_key,
        (select greatest(
            (select coalesce(max(crime.crime_key), 0) from crime),
            (select coalesce(max(crime_history.crime_key), 0) from crime_history)
        ))
        + row_number() over (
            order by verdict.crime_key is not null, verdict.reported_on, verdict.crime_id
        )
    )::integer as crime_key,
    verdict.verdict,
from verdict
where verdict.verdict in ('new', 'replaced');

create temp table ended as
select taken.crime_key,
from taken
where taken.verdict = 'replaced'
union all
select withdrawn.crime_key,
from withdrawn;
