-- One row per crime and victim of it; victims without a reference have no number.
create table demo_victim as
with harmed as (
    select
        spell_crime.crime_key,
        spell_crime.victim_number,
    from demo_spell_crime as spell_crime
    union all
    -- a few crimes have a second victim, a man: a relative, a new partner
    select
        spell_crime.crime_key,
        spell_crime.person_number * 64 + 55,
    from demo_spell_crime as spell_crime
    inner join demo_offence as offence
        on offence.offence_number = spell_crime.offence_number
        and offence.victim = 'anyone'
    where spell_crime.role = 'ordinary'
        and spell_crime.victim_number % 64 < 48
        and demo_draw('has second victim', spell_crime.crime_key) < 14000
    union all
    select
        other_crime.crime_key,
        other_crime.victim_number,
    from demo_other_crime as other_crime
)
select
    harmed.crime_key,
    harmed.victim_number,
    case crime.victim_of
        when 'business' then 'business'
        when 'society' then 'society'
        else 'person'
    end as kind,
    case
        when crime.victim_of = 'business'
            then format('B{:05d}', 1 + demo_draw('business', harmed.crime_key) % 4000)
        -- the victim is known, the reference is not recorded
        when crime.is_written or demo_draw('no reference', harmed.crime_key) >= 25000
            then format('P{:08d}', harmed.victim_number)
    end as victim_id,
from harmed
inner join demo_crime as crime
    on crime.crime_key = harmed.crime_key;
comment on table demo_victim is
    'One row per crime and victim of it; victims without a reference have no number.';
