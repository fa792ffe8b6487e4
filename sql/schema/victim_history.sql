-- One row per superseded version of a victim of a crime.
create table victim_history (
    crime_key integer not null,
    victim_number integer not null,
    person_key integer,
    reported_on date not null,
    sex varchar,
    age utinyint,
    kind varchar not null,
    known_from date not null,
    known_to date not null,
    ended_batch_key integer not null,
);
comment on table victim_history is 'One row per superseded version of a victim of a crime.';
comment on column victim_history.crime_key is 'Crime, see crime.';
comment on column victim_history.victim_number is 'Number of the victim within the crime, from 1.';
comment on column victim_history.person_key is 'Victim as the source knows them, see person; null: no identifier in the source, one such per crime (rule 4).';
comment on column victim_history.reported_on is 'Day of the report, carried so that a window reads a window.';
comment on column victim_history.sex is 'Sex of the victim; null: unknown.';
comment on column victim_history.age is 'Age in years at the report; null: unknown.';
comment on column victim_history.kind is 'Person, business or society.';
comment on column victim_history.known_from is 'Extract date of the load that brought this version.';
comment on column victim_history.known_to is 'Extract date of the load that ended this version, exclusive.';
comment on column victim_history.ended_batch_key is 'Load that ended this version, see load_batch.';
