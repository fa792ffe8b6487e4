-- One row per slot of ten thousand and mix: the offence that a draw of that slot means.
create table demo_offence_slot as
with share as (
    select
        mix.mix,
        offence.offence_number,
        case mix.mix
            when 'man' then offence.man
            when 'woman' then offence.woman
            else offence.other
        end as slots,
    from demo_offence as offence
    cross join (values ('man'), ('woman'), ('other')) as mix(mix)
),
summed as (
    select
        share.*,
        sum(share.slots) over (partition by share.mix order by share.offence_number)
            as slots_up_to,
    from share
)
select
    summed.mix,
    slot.slot,
    summed.offence_number,
from summed
inner join range(10000) as slot(slot)
    on slot.slot >= summed.slots_up_to - summed.slots
    and slot.slot < summed.slots_up_to;
comment on table demo_offence_slot is
    'One row per slot of ten thousand and mix: the offence that a draw of that slot means.';
