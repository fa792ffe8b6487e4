-- Variance of a ratio of two sums over people, linearised, from the exact sums of squares and products.
create temp macro ratio_variance(harm, days, harm_squares, harm_times_days, day_squares, persons) as
    case
        when persons > 1 and days > 0
            then persons / (persons - 1.0)
                * greatest(
                    0.0,
                    harm_squares::double
                    - 2.0 * (harm::double / days) * harm_times_days::double
                    + (harm::double / days) * (harm::double / days) * day_squares::double
                ) / (days::double * days)
    end;
