-- One row per crime and person suspected of it.
create table demo_suspect as
with accused as (
    select
        spell_crime.crime_key,
        -- a few people have other references too, on every other crime of a spell
        spell_crime.person_number * 64 + case
            when spell_crime.person_number <> 65
                and demo_draw('split', spell_crime.spell_number) >= 8000
                then 0
            when spell_crime.crime_in_spell % 4 = 2 then 60
            when spell_crime.crime_in_spell % 4 = 0 then 61
            else 0
        end as suspect_number,
    from demo_spell_crime as spell_crime
    union all
    -- one crime in fifty has a second suspect, mostly somebody with reports of their own
    select
        spell_crime.crime_key,
        64 * spell.person_number,
    from demo_spell_crime as spell_crime
    -- who has a spell of their own at about the same time
    inner join demo_spell as spell
        on spell.spell_number = spell_crime.spell_number
            - demo_draw('second suspect', spell_crime.crime_key) % 2000
    where spell_crime.role = 'ordinary'
        and demo_draw('has second suspect', spell_crime.crime_key) < 20000
    union all
    select
        other_crime.crime_key,
        other_crime.suspect_number,
    from demo_other_crime as other_crime
    where other_crime.suspect_number is not null
),
once as (
    -- the second suspect may turn out to be the first
    select distinct
        accused.crime_key,
        accused.suspect_number,
    from accused
),
drawn as (
    select
        once.crime_key,
        once.suspect_number,
        crime.reported_on,
        crime.is_written,
        parameter.until_on,
        parameter.until_on - crime.reported_on as days_since,
        demo_draw('suspect status', once.crime_key * 7 + once.suspect_number) as status_draw,
        demo_draw('named by', once.crime_key * 7 + once.suspect_number) as named_draw,
        demo_draw('days to name', once.crime_key * 7 + once.suspect_number) as days_draw,
    from once
    inner join demo_crime as crime
        on crime.crime_key = once.crime_key
    cross join demo_parameter as parameter
),
decided as (
    -- what the police decide comes with time
    select
        drawn.*,
        least(
            drawn.reported_on + case
                when drawn.days_draw < 800000 then 0
                else drawn.days_draw % 40
            end,
            drawn.until_on
        ) as named_on,
        case
            when drawn.suspect_number < 0 or drawn.suspect_number = 80 * 64 then 'named'
            when drawn.is_written and drawn.status_draw < 500000 then 'arrested'
            when drawn.is_written then 'charged'
            when drawn.status_draw < 100000 then 'arrested'
            when drawn.days_since < 30 then 'named'
            when drawn.status_draw < 160000 then 'charged'
            when drawn.days_since < 120 then 'named'
            when drawn.status_draw < 185000 then 'convicted'
            when drawn.status_draw < 192000 then 'cautioned'
            when drawn.status_draw < 199000 then 'acquitted'
            when drawn.status_draw < 213000 then 'eliminated'
            when drawn.status_draw < 560000 then 'no_further_action'
            else 'named'
        end as status,
    from drawn
)
select
    decided.crime_key,
    decided.suspect_number,
    decided.status,
    case when decided.status <> 'named' then least(
        decided.named_on + case
            when decided.status = 'arrested' then decided.days_draw % 10
            when decided.status = 'charged' then decided.days_draw % 30
            else 30 + decided.days_draw % 90
        end,
        decided.until_on
    ) end as status_on,
    case
        when decided.named_draw < 680000 then 'victim'
        when decided.named_draw < 800000 then 'witness'
        when decided.named_draw < 940000 then 'police'
        when decided.named_draw < 970000 then 'other'
    end as named_by,
    decided.named_on,
from decided;
comment on table demo_suspect is
    'One row per crime and person suspected of it.';
