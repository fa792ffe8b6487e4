-- One row per human decision to leave someone out (rule 21).
create table exclusion (
    person_id varchar not null,
    person_key integer,
    from_on date not null,
    review_on date not null,
    decided_by varchar not null,
    reason varchar not null,
    batch_key integer not null,
);
comment on table exclusion is 'One row per human decision to leave someone out (rule 21).';
comment on column exclusion.person_id is 'The source''s reference of the person.';
comment on column exclusion.person_key is 'The merged person; null: a reference no crime names. Kept up to date by each load.';
comment on column exclusion.from_on is 'First day of the exclusion.';
comment on column exclusion.review_on is 'Day on which the decision is due for review; it holds until it is taken back.';
comment on column exclusion.decided_by is 'Role that decided.';
comment on column exclusion.reason is 'Why.';
comment on column exclusion.batch_key is 'Load that brought the decision, see load_batch.';
