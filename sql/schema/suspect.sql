-- One row per person suspected of a crime.
create table suspect (
    crime_key integer not null,
    person_key integer not null,
    reported_on date not null,
    status varchar not null check (status in ('named', 'no_further_action', 'arrested', 'cautioned', 'charged', 'convicted', 'acquitted', 'eliminated', 'not_understood')),
    status_on date,
    named_by varchar check (named_by in ('victim', 'witness', 'police', 'other')),
    named_on date,
    age utinyint,
);
comment on table suspect is 'One row per person suspected of a crime.';
comment on column suspect.crime_key is 'Crime, see crime.';
comment on column suspect.person_key is 'Suspect as the source knows them, see person.';
comment on column suspect.reported_on is 'Day of the report, carried so that a window reads a window.';
comment on column suspect.status is 'Status of the suspicion (rule 16).';
comment on column suspect.status_on is 'Day of that status.';
comment on column suspect.named_by is 'Who named the suspect; null: unknown (rule 15).';
comment on column suspect.named_on is 'Day the suspect was named.';
comment on column suspect.age is 'Age in years at the report as recorded; null: not recorded.';
