-- One row per recorded crime (rule 1).
create table crime (
    crime_key integer not null,
    crime_id varchar not null,
    incident_id varchar,
    offence_key integer not null,
    code_system varchar not null,
    code varchar,
    reported_on date not null,
    committed_from_on date,
    committed_to_on date,
    status varchar not null check (status in ('recorded', 'cancelled', 'transferred', 'not_crime', 'not_understood')),
    detected_by varchar check (detected_by in ('victim', 'witness', 'police', 'company')),
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
    check (committed_from_on <= committed_to_on),
);
comment on table crime is 'One row per recorded crime (rule 1).';
comment on column crime.crime_key is 'Internal key; the same crime_id keeps it through every version.';
comment on column crime.crime_id is 'The source''s reference of the crime.';
comment on column crime.incident_id is 'Occurrence, investigation or report number; several crimes may share it.';
comment on column crime.offence_key is 'What was recorded, see offence.';
comment on column crime.code_system is 'Code system of the record, see offence_code.';
comment on column crime.code is 'Offence code in canonical form.';
comment on column crime.reported_on is 'Day of the report.';
comment on column crime.committed_from_on is 'First day it may have been committed.';
comment on column crime.committed_to_on is 'Last day it may have been committed.';
comment on column crime.status is 'recorded, cancelled, transferred out, or not_crime (rule 11); not_understood: what the source says is in no table, see status_word.';
comment on column crime.detected_by is 'Who brought it to notice; null: unknown (rule 13).';
comment on column crime.is_domestic is 'Domestic-abuse flag.';
comment on column crime.borough is 'Borough of the crime.';
comment on column crime.bcu is 'Basic command unit of the crime.';
comment on column crime.area is 'Smaller area of the crime.';
comment on column crime.carried is 'Columns of the source that were asked to be carried along, as a JSON object; null: none.';
comment on column crime.crime_content is 'Digest of the crime as the source gave it, by the hash() of this engine version.';
comment on column crime.suspects_content is 'Digest of its suspects as the source gave them; 0: none.';
comment on column crime.victims_content is 'Digest of its victims as the source gave them; 0: none.';
comment on column crime.known_from is 'Extract date of the load that brought this version.';
comment on column crime.confirmed_on is 'Extract date of the newest load that carried this version.';
comment on column crime.batch_key is 'Load that brought this version, see load_batch.';
