-- One row: those parameters of a list that what reads its evidence needs again. Whoever makes a list makes a temporary
-- table or a common table expression of this name; without one nothing is read in silence.
create view list_parameter as
with missing as (
    select error('harmrank: no parameters of a list; make list_parameter first, see sql/README.md') as message
)

select
    missing.message::date as window_first_on,
    missing.message::date as window_last_on,
    missing.message::varchar as index_name,
    missing.message::varchar as scope_name,
    missing.message::integer as least_age,
from missing
where missing.message::boolean;
comment on view list_parameter is 'One row: those parameters of a list that what reads its evidence needs again; an error until whoever makes a list makes a temporary table or common table expression of this name.';
