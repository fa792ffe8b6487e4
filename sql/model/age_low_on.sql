-- Rule 18: the least age someone can have had on a day, from the year and perhaps the month of birth.
create macro age_low_on(day date, year_of_birth integer, month_of_birth integer) as
    -- greatest() passes over nulls: without the case an unknown birth would be an age of 0.
    case
        when year_of_birth is not null
            then greatest(
                0,
                year(day) - year_of_birth
                    - case when month_of_birth is null or month(day) <= month_of_birth then 1 else 0 end
            )
    end::utinyint;
comment on macro age_low_on is 'Least age in years someone can have had on a day; the day of birth is not held (rule 18).';
