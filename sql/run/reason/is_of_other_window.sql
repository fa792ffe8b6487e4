-- In one window and not in the other for their lengths, or for a later list whose last day is not later.
create macro is_of_other_window(
    was_held, is_held, reported_on, earlier_first_day, later_last_day, later_first_day_as_long
) as
    (not is_held and reported_on > later_last_day)
    or (not was_held and reported_on < earlier_first_day)
    or (not is_held and reported_on >= later_first_day_as_long);
