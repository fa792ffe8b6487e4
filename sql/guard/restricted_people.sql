-- One row: how many people there are whose record is restricted, and the name of the database.
select
    count(distinct coalesce(restriction.person_key::varchar, restriction.person_id)) as people,
    current_database() as database_name,
from restriction
where restriction.lifted_on is null;
