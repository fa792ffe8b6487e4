-- Rule 20: the dead are out from the day of death.
create macro is_alive_on(day, day_of_death) as
    coalesce(day_of_death > day, true);
comment on macro is_alive_on is 'True before the day of death and where none is known (rule 20).';
