-- One row per person as the source knows them.
create table person (
    person_key integer not null,
    person_id varchar not null,
    root_key integer not null,
    sex varchar check (sex in ('F', 'M', 'X')),
    birth_year smallint check (birth_year between 1880 and 2100),
    birth_month utinyint check (birth_month between 1 and 12),
    died_on date,
    is_placeholder boolean not null,
    known_from date not null,
    batch_key integer not null,
);
comment on table person is 'One row per person as the source knows them.';
comment on column person.person_key is 'Internal key.';
comment on column person.person_id is 'The source''s own reference of the person. No names are held.';
comment on column person.root_key is 'The person they are after merging; their own key where there is no merge (rule 5).';
comment on column person.sex is 'Sex; null: unknown.';
comment on column person.birth_year is 'Year of birth; null: unknown.';
comment on column person.birth_month is 'Month of birth; null: unknown.';
comment on column person.died_on is 'Day of death; null: not known to be dead.';
comment on column person.is_placeholder is 'Not a person but a stand-in for one not known (rule 19).';
comment on column person.known_from is 'Extract date of the load that brought this version.';
comment on column person.batch_key is 'Load that brought this version, see load_batch.';
