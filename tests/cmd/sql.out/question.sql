-- Items of the index by their days.
set variable most = 5;

create temp table heavy as
select offence, days
from harm_weight
where index_id = $index and days >= $least;

select offence, days
from heavy
order by days desc, offence
limit getvariable('most');
