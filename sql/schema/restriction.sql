-- One row per restriction of the record of a person: kept as evidence, out of every list.
create table restriction (
    person_id varchar not null,
    person_key integer,
    restricted_on date not null,
    reason varchar not null,
    lifted_on date,
    lifted_reason varchar,
    check (lifted_on >= restricted_on),
    check ((lifted_on is null) = (lifted_reason is null)),
);
comment on table restriction is 'One row per restriction of the record of a person: kept as evidence, out of every list.';
comment on column restriction.person_id is 'The source''s reference of the person.';
comment on column restriction.person_key is 'The merged person. Kept up to date by each load.';
comment on column restriction.restricted_on is 'Day of the restriction.';
comment on column restriction.reason is 'Why.';
comment on column restriction.lifted_on is 'Day on which it was lifted; null: it stands.';
comment on column restriction.lifted_reason is 'Why it was lifted.';
