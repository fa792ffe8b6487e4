-- One row per spell of a person in custody, as a load before the present one gave it.
create table custody_history (
    person_id varchar not null,
    person_key integer,
    from_on date not null,
    to_on date,
    batch_key integer not null,
    ended_batch_key integer not null,
);
comment on table custody_history is 'One row per spell of a person in custody, as a load before the present one gave it.';
comment on column custody_history.person_id is 'The source''s reference of the person.';
comment on column custody_history.person_key is 'The merged person; null: a reference no crime names. Kept up to date by each load.';
comment on column custody_history.from_on is 'First day in custody.';
comment on column custody_history.to_on is 'Last day in custody, inclusive; null: still there.';
comment on column custody_history.batch_key is 'Load that brought the spell, see load_batch.';
comment on column custody_history.ended_batch_key is 'Load whose newer list ended this one, see load_batch.';
