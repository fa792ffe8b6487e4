-- The person became another, or another became the person, by a merge of identities.
create macro is_merged(was_held, is_held, is_now_another, holder_became_them) as
    (was_held and not is_held and is_now_another) or (is_held and not was_held and holder_became_them);
