-- One row per action taken about a person, as a load before the present one gave it.
create table action_history (
    person_id varchar not null,
    person_key integer,
    acted_on date not null,
    kind varchar not null,
    reason varchar,
    batch_key integer not null,
    ended_batch_key integer not null,
);
comment on table action_history is 'One row per action taken about a person, as a load before the present one gave it.';
comment on column action_history.person_id is 'The source''s reference of the person.';
comment on column action_history.person_key is 'The merged person; null: a reference no crime names. Kept up to date by each load.';
comment on column action_history.acted_on is 'Day of the action.';
comment on column action_history.kind is 'arrest, charge, conviction, custody, safeguarding, or removed from the list.';
comment on column action_history.reason is 'Code of the reason, as the source has it; no words about people.';
comment on column action_history.batch_key is 'Load that brought the action, see load_batch.';
comment on column action_history.ended_batch_key is 'Load whose newer list ended this one, see load_batch.';
