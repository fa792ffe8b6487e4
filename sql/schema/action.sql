-- One row per action taken about a person: what followed a list.
create table action (
    person_id varchar not null,
    person_key integer,
    acted_on date not null,
    kind varchar not null
        check (kind in ('arrest', 'charge', 'conviction', 'custody', 'safeguarding', 'removed')),
    reason varchar,
    batch_key integer not null,
);
comment on table action is 'One row per action taken about a person: what followed a list.';
comment on column action.person_id is 'The source''s reference of the person.';
comment on column action.person_key is 'The merged person; null: a reference no crime names. Kept up to date by each load.';
comment on column action.acted_on is 'Day of the action.';
comment on column action.kind is 'arrest, charge, conviction, custody, safeguarding, or removed from the list.';
comment on column action.reason is 'Code of the reason, as the source has it; no words about people.';
comment on column action.batch_key is 'Load that brought the action, see load_batch.';
