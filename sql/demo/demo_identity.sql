-- One row per reference that stands for a person with another reference.
create table demo_identity as
select
    person.person_id,
    -- the second reference was first found to be the first one
    format(
        'P{:08d}',
        case when person.reference_number % 64 = 61
            then person.base_number + 60
            else person.base_number
        end
    ) as is_person_id,
from demo_person as person
where person.reference_number <> person.base_number
order by person.person_id;
comment on table demo_identity is
    'One row per reference that stands for a person with another reference.';
