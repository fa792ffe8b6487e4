-- Upper bound of the interval of 95% for a Poisson count, by Byar's approximation.
create temp macro byar_high(events) as
    (events + 1.0) * power(1.0 - 1.0 / (9.0 * (events + 1.0)) + 1.96 / (3.0 * sqrt(events + 1.0)), 3);
