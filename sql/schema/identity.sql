-- One row per source identity merged into another (rule 5).
create table identity (
    person_id varchar not null,
    is_person_id varchar not null,
    batch_key integer not null,
    check (person_id <> is_person_id),
);
comment on table identity is 'One row per source identity merged into another (rule 5).';
comment on column identity.person_id is 'The source''s reference that has been merged.';
comment on column identity.is_person_id is 'The reference of the person they are; chains resolve to the last.';
comment on column identity.batch_key is 'Load that brought the pair, see load_batch.';
