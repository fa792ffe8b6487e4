-- One row per spell written by hand: the people whom a random force would lack.
create table demo_cast as
with role as (
    select *,
    from (
        values
            -- two prolific people in each year: many victims, rapes among them
            ('prolific', 1, 18, 16, 4, '20A.20.5.0', 350, 300),
            ('prolific', 2, 17, 15, 3, '20A.20.5.0', 340, 290),
            -- people reported for rape year after year
            ('persistent', 61, 5, 2, 3, '8N.8.6.0', 330, 240),
            ('persistent', 62, 7, 3, 5, '105A.105.1.0', 300, 240),
            ('persistent', 63, 6, 1, 4, '8L.195.94.0', 350, 240),
            ('persistent', 64, 5, 2, 4, '8L.8.31.0', 310, 240),
            ('persistent', 65, 8, 4, 6, '105A.105.1.0', 340, 240),
            -- children under ten, never ranked
            ('under ten', 71, 1, 1, 0, '105A.105.1.0', 200, 1),
            ('under ten', 72, 1, 1, 0, '8N.8.6.0', 100, 1)
    ) as written(
        role, person_number, crimes, victims, rapes, other_item, days_before, spell_days
    )
)
select
    row_number() over (order by role.person_number, year.years_back) as cast_spell,
    role.role,
    -- the prolific of each year are other people
    role.person_number + case role.role when 'prolific' then 2 * year.years_back else 0 end
        as person_number,
    year.years_back,
    parameter.until_on - (365 * year.years_back + role.days_before)::integer as started_on,
    role.spell_days,
    role.crimes,
    role.victims,
    role.rapes,
    role.other_item,
from role
cross join demo_parameter as parameter
cross join range(parameter.years) as year(years_back)
where role.role <> 'under ten' or year.years_back = 0;
comment on table demo_cast is
    'One row per spell written by hand: the people whom a random force would lack.';
