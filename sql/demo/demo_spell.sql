-- One row per spell: a run of reports about one person.
create table demo_spell as
with placed as (
    -- spells begin evenly over the years
    select
        spell.spell_number,
        parameter.spells_from_on + (
            (spell.spell_number - parameter.last_earlier_spell - 1) * 365
            // parameter.spells_a_year
        )::integer as started_on,
        parameter.spell_days,
        -- two in five are of somebody with a spell 366 to 620 days earlier
        case
            when spell.spell_number % 5 in (0, 2)
                then spell.spell_number
                    - (366 + demo_draw('days away', spell.spell_number) % 255)
                    * parameter.spells_a_year // 365
        end as earlier_spell,
    from demo_parameter as parameter
    cross join range(parameter.last_earlier_spell + 1, parameter.last_spell + 1)
        as spell(spell_number)
),
attributed as (
    -- person numbers up to 100 are kept for the cast
    select
        placed.spell_number,
        placed.earlier_spell is not null as is_return,
        100 + case
            when placed.earlier_spell is null then placed.spell_number
            -- the one before, where that is a return itself
            when placed.earlier_spell % 5 in (0, 2) then placed.earlier_spell - 1
            else placed.earlier_spell
        end as person_number,
        placed.started_on,
        placed.spell_days,
    from placed
),
sized as (
    select
        attributed.spell_number,
        'ordinary' as role,
        attributed.person_number,
        attributed.is_return,
        attributed.started_on,
        attributed.spell_days,
        spell_size.crimes,
        null::integer as victims,
        0 as rapes,
        null::varchar as other_item,
    from attributed
    inner join demo_spell_size as spell_size
        on demo_draw('crimes', attributed.spell_number) >= spell_size.draw_from
        and demo_draw('crimes', attributed.spell_number) < spell_size.draw_below
),
written as (
    select
        parameter.last_spell + written.cast_spell as spell_number,
        written.role,
        written.person_number,
        written.years_back > 0 as is_return,
        written.started_on,
        written.spell_days,
        written.crimes,
        written.victims,
        written.rapes,
        written.other_item,
    from demo_cast as written
    cross join demo_parameter as parameter
),
spell as (
    from sized
    union all by name
    from written
)
select
    spell.spell_number,
    spell.role,
    spell.person_number,
    spell.is_return,
    spell.started_on,
    spell.spell_days,
    spell.crimes,
    spell.victims,
    spell.rapes,
    spell.other_item,
    -- one in six suspects is a woman; the cast are men
    case
        when spell.role = 'ordinary' and demo_draw('woman', spell.person_number) < 170000
            then 'woman'
        else 'man'
    end as mix,
from spell;
comment on table demo_spell is
    'One row per spell: a run of reports about one person.';
