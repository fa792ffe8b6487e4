-- One row per superseded version of a suspect of a crime.
create table suspect_history (
    crime_key integer not null,
    person_key integer not null,
    reported_on date not null,
    status varchar not null,
    status_on date,
    named_by varchar,
    named_on date,
    age utinyint,
    known_from date not null,
    known_to date not null,
    ended_batch_key integer not null,
);
comment on table suspect_history is 'One row per superseded version of a suspect of a crime.';
comment on column suspect_history.crime_key is 'Crime, see crime.';
comment on column suspect_history.person_key is 'Suspect as the source knows them, see person.';
comment on column suspect_history.reported_on is 'Day of the report, carried so that a window reads a window.';
comment on column suspect_history.status is 'Status of the suspicion (rule 16).';
comment on column suspect_history.status_on is 'Day of that status.';
comment on column suspect_history.named_by is 'Who named the suspect; null: unknown (rule 15).';
comment on column suspect_history.named_on is 'Day the suspect was named.';
comment on column suspect_history.age is 'Age in years at the report as recorded; null: not recorded.';
comment on column suspect_history.known_from is 'Extract date of the load that brought this version.';
comment on column suspect_history.known_to is 'Extract date of the load that ended this version, exclusive.';
comment on column suspect_history.ended_batch_key is 'Load that ended this version, see load_batch.';
