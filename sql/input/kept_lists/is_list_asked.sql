-- A list is asked for by the beginning of its name, or of the id of its run; all are where none is named.
create temp macro is_list_asked(list, run, asked) as
    asked is null or starts_with(list, asked) or starts_with(run, asked);
