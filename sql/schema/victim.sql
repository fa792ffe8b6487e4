-- One row per victim of a crime.
create table victim (
    crime_key integer not null,
    victim_number integer not null,
    person_key integer,
    reported_on date not null,
    sex varchar check (sex in ('F', 'M', 'X')),
    age utinyint,
    kind varchar not null check (kind in ('person', 'business', 'society')),
);
comment on table victim is 'One row per victim of a crime.';
comment on column victim.crime_key is 'Crime, see crime.';
comment on column victim.victim_number is 'Number of the victim within the crime, from 1.';
comment on column victim.person_key is 'Victim as the source knows them, see person; null: no identifier in the source, one such per crime (rule 4).';
comment on column victim.reported_on is 'Day of the report, carried so that a window reads a window.';
comment on column victim.sex is 'Sex of the victim; null: unknown.';
comment on column victim.age is 'Age in years at the report; null: unknown.';
comment on column victim.kind is 'Person, business or society.';
