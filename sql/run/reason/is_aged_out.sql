-- Reported before the first day of the later window, which would have been as long as the earlier.
create macro is_aged_out(is_held, reported_on, later_first_day) as
    not is_held and reported_on < later_first_day;
