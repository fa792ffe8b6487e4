-- One row per crime of a spell reported within the years, with its offence and its victim.
create table demo_spell_crime as
with numbered as (
    select
        spell.*,
        unnest(range(1, spell.crimes + 1)) as crime_in_spell,
    from demo_spell as spell
),
keyed as (
    select
        numbered.*,
        numbered.spell_number * 64 + numbered.crime_in_spell as crime_key,
        numbered.spell_number * 64 + 1 as first_crime_key,
    from numbered
),
drawn as (
    select
        keyed.*,
        case
            when keyed.crime_in_spell = 1 then 0
            -- reported together with the first
            when keyed.role = 'ordinary' and demo_draw('same day', keyed.crime_key) < 60000
                then 0
            when keyed.role <> 'ordinary'
                then demo_draw('day', keyed.crime_key) % keyed.spell_days
            -- the lesser of two draws: repeats come soon
            else least(
                demo_draw('day', keyed.crime_key) % keyed.spell_days,
                demo_draw('other day', keyed.crime_key) % keyed.spell_days
            )
        end as days_after,
        -- one in ten later crimes is of the kind of the first
        demo_draw(
            'offence',
            case
                when demo_draw('repeat', keyed.crime_key) < 100000 then keyed.first_crime_key
                else keyed.crime_key
            end
        ) % 10000 as slot,
        demo_draw('new victim', keyed.crime_key) < 100000 as has_new_victim,
        -- the people of the cast have their rapes, then their other offence
        case
            when keyed.crime_in_spell <= keyed.rapes then '19C.19.8.0'
            else keyed.other_item
        end as written_item,
    from keyed
),
dated as (
    select
        drawn.*,
        drawn.started_on + drawn.days_after as reported_on,
    from drawn
),
known as (
    select
        dated.*,
    from dated
    cross join demo_parameter as parameter
    where dated.reported_on between parameter.from_on and parameter.until_on
)
select
    known.crime_key,
    case when known.days_after = 0 then known.first_crime_key else known.crime_key end
        as incident_key,
    known.spell_number,
    known.person_number,
    known.role,
    known.crime_in_spell,
    known.started_on,
    known.reported_on,
    offence.offence_number,
    -- a person's suspects and victims are numbered within 64: 0 is the person,
    -- 1 to 47 women, 48 to 55 men, 56 to 59 girls, 60 and 61 other identities of the person
    known.person_number * 64 + case
        when offence.victim = 'girl under 13' then 56 + known.is_return::integer
        when offence.victim = 'girl under 16' then 58 + known.is_return::integer
        -- one in twenty crimes is against a man
        when known.role = 'ordinary' and offence.victim = 'anyone'
            and demo_draw('man', known.crime_key) < 50000
            then 48 + known.crime_in_spell % 8
        when known.victims is not null
            then 1 + (known.crime_in_spell - 1) % known.victims
        -- the murdered report nothing more
        when offence.title = 'murder'
            or known.crime_in_spell > 1 and known.has_new_victim
            then 1 + known.crime_in_spell
        -- the same partner as years ago, or another
        when known.is_return and demo_draw('new partner', known.spell_number) < 250000
            then 21
        else 1
    end as victim_number,
from known
inner join demo_offence_slot as offence_slot
    on offence_slot.mix = known.mix
    and offence_slot.slot = known.slot
left join demo_offence as written
    on written.item = known.written_item
inner join demo_offence as offence
    on offence.offence_number
        = coalesce(written.offence_number, offence_slot.offence_number);
comment on table demo_spell_crime is
    'One row per crime of a spell reported within the years, with its offence and its victim.';
