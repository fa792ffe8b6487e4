-- One row per source identity merged into another, as a load before the present one gave it.
create table identity_history (
    person_id varchar not null,
    is_person_id varchar not null,
    batch_key integer not null,
    ended_batch_key integer not null,
);
comment on table identity_history is 'One row per source identity merged into another, as a load before the present one gave it.';
comment on column identity_history.person_id is 'The source''s reference that has been merged.';
comment on column identity_history.is_person_id is 'The reference of the person they are; chains resolve to the last.';
comment on column identity_history.batch_key is 'Load that brought the pair, see load_batch.';
comment on column identity_history.ended_batch_key is 'Load whose newer list ended this one, see load_batch.';
