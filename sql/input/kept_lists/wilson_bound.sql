-- Bound of Wilson's interval of 95% for a share, in percent: -1 for the lower, 1 for the upper; null for no count.
create temp macro wilson_bound(hits, trials, side) as
    case
        when hits is not null and trials > 0
            then round(
                100.0 * greatest(
                    0.0,
                    least(
                        1.0,
                        (
                            hits::double / trials + 1.96 * 1.96 / (2.0 * trials)
                            + side * 1.96 * sqrt(
                                (hits::double / trials) * (1.0 - hits::double / trials) / trials
                                + 1.96 * 1.96 / (4.0 * trials * trials)
                            )
                        ) / (1.0 + 1.96 * 1.96 / trials)
                    )
                ),
                1
            )
    end;
