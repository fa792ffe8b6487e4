-- Rule 18: possibly under the least age counts as under it, unknown is included, under ten never.
create macro is_of_age(least_age, possible_age) as
    coalesce(possible_age >= greatest(coalesce(least_age, 10), 10), true);
comment on macro is_of_age is 'True where the least possible age reaches the least age asked for, or is unknown; under ten never (rule 18).';
