-- One row per crime that is of no spell: nobody named, out of scope, or alleged in return.
create table demo_other_crime as
with numbered as (
    select
        crime.crime_number,
        case
            when crime.crime_number <= parameter.nobody_crimes then 'nobody'
            else 'other'
        end as kind,
        parameter.from_on + (
            demo_draw('day of another crime', crime.crime_number) % (365 * parameter.years)
        ) as reported_on,
        parameter.last_earlier_spell,
        parameter.last_spell,
    from demo_parameter as parameter
    cross join range(1, parameter.nobody_crimes + parameter.other_crimes + 1)
        as crime(crime_number)
),
keyed as (
    select
        numbered.crime_number,
        numbered.kind,
        numbered.reported_on,
        numbered.last_earlier_spell,
        numbered.last_spell,
        -- after the keys of the spells, those of the cast among them
        (numbered.last_spell + 1000 + numbered.crime_number) * 64 as crime_key,
    from numbered
),
drawn as (
    select
        keyed.*,
        case keyed.kind when 'nobody' then 'man' else 'other' end as mix,
        demo_draw('offence', keyed.crime_key) % 10000 as slot,
        demo_draw('suspect', keyed.crime_key) as suspect_draw,
        demo_draw('victim', keyed.crime_key) as victim_draw,
        -- somebody with a spell, and somebody without
        spell.person_number as spell_person,
        101 + keyed.last_spell + keyed.crime_number // 12 as other_person,
        101 + keyed.last_spell + keyed.crime_number as other_household,
    from keyed
    inner join demo_spell as spell
        on spell.spell_number = keyed.last_spell - (
            demo_draw('person', keyed.crime_key)
            * (keyed.last_spell - keyed.last_earlier_spell) // 1000000
        )
),
alone as (
    select
        drawn.crime_key,
        drawn.kind,
        drawn.reported_on,
        offence.offence_number,
        case
            -- a known id for nobody, and a nominal shared by many
            when drawn.kind = 'nobody' and drawn.suspect_draw < 150000 then -1
            when drawn.kind = 'nobody' and drawn.suspect_draw < 180000 then 80 * 64
            when drawn.kind = 'nobody' then null
            when offence.victim <> 'society' and drawn.suspect_draw < 450000 then null
            when drawn.suspect_draw < 650000 then drawn.spell_person * 64
            else drawn.other_person * 64
        end as suspect_number,
        case
            when offence.victim in ('business', 'society') then null
            when offence.victim = 'girl under 13' then drawn.other_household * 64 + 56
            when offence.victim = 'girl under 16' then drawn.other_household * 64 + 58
            -- women reported as victims before
            when drawn.kind = 'nobody' and drawn.victim_draw < 400000
                then drawn.spell_person * 64 + 1
            when drawn.kind = 'other' and offence.victim = 'anyone'
                and drawn.victim_draw < 600000
                then drawn.other_household * 64 + 48
            else drawn.other_household * 64 + 40
        end as victim_number,
    from drawn
    inner join demo_offence_slot as offence_slot
        on offence_slot.mix = drawn.mix
        and offence_slot.slot = drawn.slot
    inner join demo_offence as offence
        on offence.offence_number = offence_slot.offence_number
),
returned as (
    -- one allegation in a hundred is answered by one against the victim within a month
    select
        spell_crime.crime_key + 32 as crime_key,
        'counter' as kind,
        least(
            parameter.until_on,
            spell_crime.reported_on
                + demo_draw('days to answer', spell_crime.crime_key) % 30
        ) as reported_on,
        case
            when demo_draw('answer', spell_crime.crime_key) < 600000 then 'common assault'
            when demo_draw('answer', spell_crime.crime_key) < 800000 then 'harassment'
            else 'malicious communications'
        end as title,
        spell_crime.victim_number as suspect_number,
        spell_crime.person_number * 64 as victim_number,
    from demo_spell_crime as spell_crime
    cross join demo_parameter as parameter
    where spell_crime.victim_number % 64 < 48
        and spell_crime.role <> 'under ten'
        and demo_draw('counter', spell_crime.crime_key) < 8000
)
select
    alone.crime_key,
    alone.kind,
    alone.reported_on,
    alone.offence_number,
    alone.suspect_number,
    alone.victim_number,
from alone
union all
select
    returned.crime_key,
    returned.kind,
    returned.reported_on,
    offence.offence_number,
    returned.suspect_number,
    returned.victim_number,
from returned
inner join demo_offence as offence
    on offence.title = returned.title;
comment on table demo_other_crime is
    'One row per crime that is of no spell: nobody named, out of scope, or alleged in return.';
