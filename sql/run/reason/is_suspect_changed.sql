-- Both lists know the suspicion; its status counts in one alone.
create macro is_suspect_changed(was_held, is_held, deciding_rule) as
    was_held and is_held and deciding_rule in ('suspect_status', 'status_not_understood');
