-- Reported after the last day of the earlier list.
create macro is_new_crime(was_held, reported_on, earlier_last_day) as
    not was_held and reported_on > earlier_last_day;
