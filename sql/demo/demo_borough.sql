-- One row per London borough, with its basic command unit and its share of crimes.
create table demo_borough as
with borough as (
    select *,
    from (
        values
            (1, 'Barking and Dagenham', 'East', 212906),
            (2, 'Barnet', 'North West', 395869),
            (3, 'Bexley', 'South East', 248287),
            (4, 'Brent', 'North West', 329771),
            (5, 'Bromley', 'South', 332336),
            (6, 'Camden', 'Central North', 270029),
            (7, 'Croydon', 'South', 386710),
            (8, 'Ealing', 'West', 341806),
            (9, 'Enfield', 'North', 333794),
            (10, 'Greenwich', 'South East', 287942),
            (11, 'Hackney', 'Central East', null),
            (12, 'Hammersmith and Fulham', 'Central West', 185143),
            (13, 'Haringey', 'North', 268647),
            (14, 'Harrow', 'North West', 251160),
            (15, 'Havering', 'East', 259552),
            (16, 'Hillingdon', 'West', 306870),
            (17, 'Hounslow', 'West', 271523),
            (18, 'Islington', 'Central North', 242467),
            (19, 'Kensington and Chelsea', 'Central West', 156129),
            (20, 'Kingston upon Thames', 'South West', 177507),
            (21, 'Lambeth', 'Central South', 326034),
            (22, 'Lewisham', 'South East', 305842),
            (23, 'Merton', 'South West', null),
            (24, 'Newham', 'North East', 353134),
            (25, 'Redbridge', 'East', 305222),
            (26, 'Richmond upon Thames', 'South West', 198019),
            (27, 'Southwark', 'Central South', 318830),
            (28, 'Sutton', 'South', null),
            (29, 'Tower Hamlets', 'Central East', 324745),
            (30, 'Waltham Forest', 'North East', 276983),
            (31, 'Wandsworth', 'South West', 329677),
            (32, 'Westminster', 'Central West', 261317)
    ) as listed(borough_number, borough, bcu, population)
),
weighted as (
    -- three populations are not known: those boroughs are drawn like an average one
    select
        borough.*,
        coalesce(
            borough.population,
            sum(borough.population) over () // count(borough.population) over ()
        ) as drawn_by,
    from borough
),
summed as (
    select
        weighted.*,
        sum(weighted.drawn_by) over (order by weighted.borough_number) as drawn_up_to,
        sum(weighted.drawn_by) over () as drawn_in_all,
    from weighted
)
select
    summed.borough_number,
    summed.borough,
    summed.bcu,
    summed.population,
    -- its slots of a thousand, by population
    ((summed.drawn_up_to - summed.drawn_by) * 1000 // summed.drawn_in_all)::integer
        as slot_from,
    (summed.drawn_up_to * 1000 // summed.drawn_in_all)::integer as slot_below,
from summed
order by summed.borough_number;
comment on table demo_borough is
    'One row per London borough, with its basic command unit and its share of crimes.';
