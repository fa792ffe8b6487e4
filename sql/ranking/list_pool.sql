-- One row per person of whom a list may consist: their counted crimes and days. As list_parameter: an error until
-- whoever makes a list makes its own.
create view list_pool as
with missing as (
    select error('harmrank: no pool of a list; make list_pool first, see sql/README.md') as message
)

select
    missing.message::integer as person_key,
    missing.message::decimal(18, 4) as harm_days,
    missing.message::bigint as crimes,
from missing
where missing.message::boolean;
comment on view list_pool is 'One row per person of whom a list may consist; an error until whoever makes a list makes a temporary table or common table expression of this name.';
