-- One row per crime and merged person suspected of it: all that the rules look at, in order of report.
create table suspicion (
    reported_on date not null,
    crime_key integer not null,
    person_key integer not null,
    offence_key integer not null,
    crime_status varchar not null,
    suspect_status varchar not null,
    detection varchar,
    namer varchar,
    is_domestic_crime boolean not null,
    is_historic_crime boolean not null,
    female_victims integer not null,
    unknown_sex_victims integer not null,
    suspect_sex varchar,
    age_low utinyint,
    age_high utinyint,
    suspect_died_on date,
    is_placeholder_suspect boolean not null,
    crime_borough varchar,
    crime_bcu varchar,
    known_from date not null,
    batch_key integer not null,
);
comment on table suspicion is 'One row per crime and merged person suspected of it: all that the rules look at, in order of report.';
comment on column suspicion.reported_on is 'Day of the report.';
comment on column suspicion.crime_key is 'Crime, see crime.';
comment on column suspicion.person_key is 'Suspect after merging identities, see person.root_key.';
comment on column suspicion.offence_key is 'What was recorded, see offence.';
comment on column suspicion.crime_status is 'Status of the crime.';
comment on column suspicion.suspect_status is 'Furthest status of the suspicion among merged identities.';
comment on column suspicion.detection is 'Who brought the crime to notice; null: unknown.';
comment on column suspicion.namer is 'Who named the suspect; null: unknown.';
comment on column suspicion.is_domestic_crime is 'Domestic-abuse flag of the crime.';
comment on column suspicion.is_historic_crime is 'Last committed more than 365 days before the report (rule 14).';
comment on column suspicion.female_victims is 'Female victims of the crime.';
comment on column suspicion.unknown_sex_victims is 'Victims of the crime that are people of unknown sex.';
comment on column suspicion.suspect_sex is 'Sex of the suspect; null: unknown.';
comment on column suspicion.age_low is 'Least age the suspect can have had at the report; null: unknown.';
comment on column suspicion.age_high is 'Greatest age the suspect can have had at the report; null: unknown.';
comment on column suspicion.suspect_died_on is 'Day of death of the suspect; null: not known to be dead.';
comment on column suspicion.is_placeholder_suspect is 'The suspect is a stand-in for one not known.';
comment on column suspicion.crime_borough is 'Borough of the crime.';
comment on column suspicion.crime_bcu is 'Basic command unit of the crime.';
comment on column suspicion.known_from is 'Extract date from which this was known.';
comment on column suspicion.batch_key is 'Load that brought this version, see load_batch.';
