-- One row: the period of the list, and of the one before; null for the first.
create table this_period as
select $period::varchar as label, $since::varchar as since;
