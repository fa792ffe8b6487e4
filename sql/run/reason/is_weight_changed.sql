-- Counted in both lists under the same code, with other days.
create macro is_weight_changed(was_counted, is_counted, earlier_code, later_code) as
    was_counted and is_counted and earlier_code is not distinct from later_code;
