-- Left out by a recorded human decision in one list alone.
create macro is_excluded(was_held, is_held, deciding_reason) as
    was_held and is_held and deciding_reason = 'left out by a recorded decision';
