-- One row per superseded version of what is known of a person's protected characteristics.
create table protected_history (
    person_id varchar not null,
    ethnicity varchar,
    ethnicity_observed varchar,
    religion varchar,
    disability varchar,
    known_from date not null,
    batch_key integer not null,
    known_to date not null,
    ended_batch_key integer not null,
);
comment on table protected_history is 'One row per superseded version of what is known of a person''s protected characteristics.';
comment on column protected_history.person_id is 'The source''s reference of the person.';
comment on column protected_history.ethnicity is 'Ethnicity as the person gave it.';
comment on column protected_history.ethnicity_observed is 'Ethnicity as an officer recorded it.';
comment on column protected_history.religion is 'Religion or belief.';
comment on column protected_history.disability is 'Disability.';
comment on column protected_history.known_from is 'Extract date of the load that brought this version.';
comment on column protected_history.batch_key is 'Load that brought this version, see load_batch.';
comment on column protected_history.known_to is 'Extract date of the load that ended this version, exclusive.';
comment on column protected_history.ended_batch_key is 'Load that ended this version, see load_batch.';
