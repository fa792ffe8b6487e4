-- One row per person of whom a list may consist: their counted crimes and days (rules 22, 23 and 28). Distinct victims of
-- everyone are costly: counted only where min_victims asks for them.
create macro list_total(
    min_crimes integer := 1,
    min_victims integer := 1,
    known_on date := null
) as table
with total as (
    select
        list_evidence.person_key,
        sum(list_evidence.harm_days)::decimal(18, 4) as harm_days,
        count(*) as crimes,
        bool_or(list_evidence.is_in_place) as is_in_place,
    from list_evidence
    where list_evidence.is_counted
    group by list_evidence.person_key
),

victim_total as (
    select counted.person_key, count(*) as victims,
    from (
        select distinct
            list_evidence.person_key,
            victim.person_key as victim_key,
            victim.unidentified_in,
            victim.unidentified_number,
        from list_evidence
        cross join list_parameter
        inner join victim_known_on(known_on) as victim using (crime_key, reported_on)
        where
            min_victims > 1
            and list_evidence.is_counted
            and is_victim_in_scope(list_parameter.scope_name, victim.sex, victim.kind)
    ) as counted
    group by counted.person_key
)

select total.person_key, total.harm_days, total.crimes,
from total
left join victim_total using (person_key)
where
    total.is_in_place
    and total.crimes >= min_crimes
    and (min_victims <= 1 or victim_total.victims >= min_victims);
comment on macro table list_total is 'One row per person of whom a list may consist: their counted crimes and days (rules 22, 23 and 28).';
