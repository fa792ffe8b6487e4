-- One row: the size and the dates of the synthetic force.
create table demo_parameter as
with given as (
    select
        coalesce(getvariable('demo_suspects')::bigint, 36000) as suspects,
        coalesce(getvariable('demo_years')::integer, 3) as years,
        coalesce(getvariable('demo_until')::date, date '2026-06-30') as until_on,
        -- the reports of one spell are spread over so many days
        240 as spell_days,
),
dated as (
    select
        given.*,
        given.until_on - (365 * given.years - 1) as from_on,
        -- spells that began before the years reach into them
        given.until_on - (365 * given.years - 1) - (given.spell_days - 1) as spells_from_on,
        365 * given.years + given.spell_days - 1 as spell_start_days,
        -- the spells a year that yield the suspects asked for (calibrated)
        given.suspects * 1134 // 1000 as spells_a_year,
    from given
)
select
    dated.suspects,
    dated.years,
    dated.from_on,
    dated.until_on,
    dated.spell_days,
    dated.spells_from_on,
    dated.spells_a_year,
    -- numbers of the spells before those, which only lend their people to later ones
    dated.spells_a_year * 621 // 365 + 2 as last_earlier_spell,
    dated.spells_a_year * 621 // 365 + 2
        + dated.spells_a_year * dated.spell_start_days // 365 as last_spell,
    -- crimes outside the spells: nobody named, other crime
    dated.suspects * dated.years * 165 // 1000 as nobody_crimes,
    dated.suspects * dated.years * 250 // 1000 as other_crimes,
from dated;
comment on table demo_parameter is
    'One row: the size and the dates of the synthetic force.';
