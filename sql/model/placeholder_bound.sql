-- Rule 19: a person_id with more victims than this stands for many people.
create macro placeholder_bound() as 100;
comment on macro placeholder_bound is 'Victims above which a person reference is taken to stand for many people (rule 19).';
