-- One row per human decision to leave someone out, as a load before the present one gave it.
create table exclusion_history (
    person_id varchar not null,
    person_key integer,
    from_on date not null,
    review_on date not null,
    decided_by varchar not null,
    reason varchar not null,
    batch_key integer not null,
    ended_batch_key integer not null,
);
comment on table exclusion_history is 'One row per human decision to leave someone out, as a load before the present one gave it.';
comment on column exclusion_history.person_id is 'The source''s reference of the person.';
comment on column exclusion_history.person_key is 'The merged person; null: a reference no crime names. Kept up to date by each load.';
comment on column exclusion_history.from_on is 'First day of the exclusion.';
comment on column exclusion_history.review_on is 'Day on which the decision is due for review; it holds until it is taken back.';
comment on column exclusion_history.decided_by is 'Role that decided.';
comment on column exclusion_history.reason is 'Why.';
comment on column exclusion_history.batch_key is 'Load that brought the decision, see load_batch.';
comment on column exclusion_history.ended_batch_key is 'Load whose newer list ended this one, see load_batch.';
