-- One row per person of whom a protected characteristic is known. Only in the file of these, NAME.protected.duckdb.
create table protected (
    person_id varchar not null,
    ethnicity varchar,
    ethnicity_observed varchar,
    religion varchar,
    disability varchar,
    known_from date not null,
    batch_key integer not null,
);
comment on table protected is 'One row per person of whom a protected characteristic is known.';
comment on column protected.person_id is 'The source''s reference of the person.';
comment on column protected.ethnicity is 'Ethnicity as the person gave it, in the words or codes of the source.';
comment on column protected.ethnicity_observed is 'Ethnicity as an officer recorded it, in the words or codes of the source.';
comment on column protected.religion is 'Religion or belief, in the words or codes of the source.';
comment on column protected.disability is 'Disability, in the words or codes of the source.';
comment on column protected.known_from is 'Extract date of the load that brought this version.';
comment on column protected.batch_key is 'Load that brought this version, see load_batch.';
