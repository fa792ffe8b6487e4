-- One row per reference of a person whose record is restricted, with their key. For `sql/explore/withheld.sql`; in
-- braces stands the name of the database, quoted.
select person.person_id, person.person_key
from {database}.main.person as person
inner join {database}.main.restriction as restriction
    on person.root_key = restriction.person_key or person.person_id = restriction.person_id
where restriction.lifted_on is null
union
select identity.person_id, null
from {database}.main.identity as identity
inner join {database}.main.restriction as restriction on identity.is_person_id = restriction.person_id
where restriction.lifted_on is null
union
select restriction.person_id, restriction.person_key
from {database}.main.restriction as restriction
where restriction.lifted_on is null;
