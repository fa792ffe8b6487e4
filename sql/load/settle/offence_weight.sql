-- The days in use, and their digest, by which a change by hand is told.
delete from offence_weight;

insert into offence_weight by name
select offence_weight_now.*,
from offence_weight_now
order by offence_weight_now.index_id, offence_weight_now.offence_key;

update harmrank_stamp
set weights_hash = (
    select concat(count(*), '-', sum(hash(offence_weight)))
    from offence_weight
);
