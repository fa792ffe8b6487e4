-- Lower bound of the interval of 95% for a Poisson count, by Byar's approximation; 0 of 0.
create temp macro byar_low(events) as
    case
        when events = 0 then 0.0
        else events::double * power(1.0 - 1.0 / (9.0 * events) - 1.96 / (3.0 * sqrt(events::double)), 3)
    end;
