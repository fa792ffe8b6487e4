-- One row per spell of a person in custody.
create table custody (
    person_id varchar not null,
    person_key integer,
    from_on date not null,
    to_on date,
    batch_key integer not null,
    check (from_on <= to_on),
);
comment on table custody is 'One row per spell of a person in custody.';
comment on column custody.person_id is 'The source''s reference of the person.';
comment on column custody.person_key is 'The merged person; null: a reference no crime names. Kept up to date by each load.';
comment on column custody.from_on is 'First day in custody.';
comment on column custody.to_on is 'Last day in custody, inclusive; null: still there.';
comment on column custody.batch_key is 'Load that brought the spell, see load_batch.';
