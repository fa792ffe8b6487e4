-- The person stands apart from another again, with whom they were merged.
create macro is_unmerged(was_held, is_held, was_another, holder_was_them) as
    (is_held and not was_held and was_another) or (was_held and not is_held and holder_was_them);
