-- One row per superseded version of a crime.
create table crime_history (
    crime_key integer not null,
    crime_id varchar not null,
    incident_id varchar,
    offence_key integer not null,
    code_system varchar not null,
    code varchar,
    reported_on date not null,
    committed_from_on date,
    committed_to_on date,
    status varchar not null,
    detected_by varchar,
    is_domestic boolean not null,
    borough varchar,
    bcu varchar,
    area varchar,
    carried varchar,
    crime_content ubigint not null,
    suspects_content ubigint not null,
    victims_content ubigint not null,
    known_from date not null,
    confirmed_on date not null,
    batch_key integer not null,
    known_to date not null,
    ended_batch_key integer not null,
);
comment on table crime_history is 'One row per superseded version of a crime.';
comment on column crime_history.crime_key is 'Internal key; the same crime_id keeps it through every version.';
comment on column crime_history.crime_id is 'The source''s reference of the crime.';
comment on column crime_history.incident_id is 'Occurrence, investigation or report number; several crimes may share it.';
comment on column crime_history.offence_key is 'What was recorded, see offence.';
comment on column crime_history.code_system is 'Code system of the record, see offence_code.';
comment on column crime_history.code is 'Offence code in canonical form.';
comment on column crime_history.reported_on is 'Day of the report.';
comment on column crime_history.committed_from_on is 'First day it may have been committed.';
comment on column crime_history.committed_to_on is 'Last day it may have been committed.';
comment on column crime_history.status is 'recorded, cancelled, transferred out, or not_crime (rule 11); not_understood: what the source says is in no table, see status_word.';
comment on column crime_history.detected_by is 'Who brought it to notice; null: unknown (rule 13).';
comment on column crime_history.is_domestic is 'Domestic-abuse flag.';
comment on column crime_history.borough is 'Borough of the crime.';
comment on column crime_history.bcu is 'Basic command unit of the crime.';
comment on column crime_history.area is 'Smaller area of the crime.';
comment on column crime_history.carried is 'Columns of the source that were asked to be carried along, as a JSON object; null: none.';
comment on column crime_history.crime_content is 'Digest of the crime as the source gave it, by the hash() of this engine version.';
comment on column crime_history.suspects_content is 'Digest of its suspects as the source gave them; 0: none.';
comment on column crime_history.victims_content is 'Digest of its victims as the source gave them; 0: none.';
comment on column crime_history.known_from is 'Extract date of the load that brought this version.';
comment on column crime_history.confirmed_on is 'Extract date of the newest load that carried this version.';
comment on column crime_history.batch_key is 'Load that brought this version, see load_batch.';
comment on column crime_history.known_to is 'Extract date of the load that ended this version, exclusive.';
comment on column crime_history.ended_batch_key is 'Load that ended this version, see load_batch.';
