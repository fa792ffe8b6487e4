-- Left out by a recorded human decision in one list alone.
create macro is_excluded(was_held, is_held, deciding_rule) as
    was_held and is_held and deciding_rule = 'exclusion';
