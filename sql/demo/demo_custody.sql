-- One row per spell in custody of a suspect.
create table demo_custody as
with held as (
    -- four in ten of those charged with a grave offence or convicted of one, few of the
    -- others, from the day of that decision or of the last report
    select
        suspect.suspect_number,
        greatest(
            min(suspect.status_on) filter (suspect.status in ('charged', 'convicted')),
            max(crime.reported_on)
        ) as from_on,
        demo_draw('days held', suspect.suspect_number) as days_draw,
    from demo_suspect as suspect
    inner join demo_crime as crime
        on crime.crime_key = suspect.crime_key
    group by suspect.suspect_number
    having bool_or(
        suspect.status in ('charged', 'convicted')
        and demo_draw('held', suspect.suspect_number)
            < case when crime.is_grave then 400000 else 20000 end
    )
)
select
    person.person_id,
    held.from_on,
    -- a third are released again, within the years or after
    case when held.days_draw < 350000
        then held.from_on + (20 + held.days_draw % 300)
    end as to_on,
from held
inner join demo_person as person
    on person.reference_number = held.suspect_number
where person.died_on is null
order by person.person_id;
comment on table demo_custody is
    'One row per spell in custody of a suspect.';
