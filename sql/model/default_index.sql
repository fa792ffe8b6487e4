-- The index that weighs crimes where no other is asked for.
create macro default_index() as
    'cchi-2020';
comment on macro default_index is 'The index that weighs crimes where no other is asked for.';
