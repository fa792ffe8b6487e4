-- One row per slot of a thousand: the borough that a draw of that slot means.
create table demo_borough_slot as
select
    slot.slot,
    borough.borough_number,
    borough.borough,
    borough.bcu,
from demo_borough as borough
inner join range(1000) as slot(slot)
    on slot.slot >= borough.slot_from
    and slot.slot < borough.slot_below;
comment on table demo_borough_slot is
    'One row per slot of a thousand: the borough that a draw of that slot means.';
