-- One row per person after merging identities; what the last of the chain says wins (rule 5).
create view merged_person as
with merged_root as (
    select distinct person.root_key,
    from person
    where person.person_key <> person.root_key
)

select
    person.root_key as person_key,
    person.sex,
    person.birth_year,
    person.birth_month,
    person.died_on,
    person.is_placeholder,
    1 as identities,
    false as is_conflicting,
from person
anti join merged_root using (root_key)
union all
select
    person.root_key as person_key,
    coalesce(
        min(person.sex) filter (where person.person_key = person.root_key),
        min(person.sex)
    ) as sex,
    coalesce(
        min(person.birth_year) filter (where person.person_key = person.root_key),
        min(person.birth_year)
    ) as birth_year,
    case
        when bool_or(person.birth_year is not null) filter (where person.person_key = person.root_key)
            then min(person.birth_month) filter (where person.person_key = person.root_key)
        else arg_min_null(
            person.birth_month,
            struct_pack(year := person.birth_year, month := person.birth_month)
        ) filter (where person.birth_year is not null)
    end as birth_month,
    min(person.died_on) as died_on,
    bool_or(person.is_placeholder) as is_placeholder,
    count(*) as identities,
    count(distinct person.sex) > 1 or count(distinct person.birth_year) > 1 as is_conflicting,
from person
semi join merged_root using (root_key)
group by person.root_key;
comment on view merged_person is 'One row per person after merging identities; what the last of the chain says wins (rule 5).';
