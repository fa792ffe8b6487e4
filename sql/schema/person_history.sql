-- One row per superseded version of a person.
create table person_history (
    person_key integer not null,
    person_id varchar not null,
    root_key integer not null,
    sex varchar,
    birth_year smallint,
    birth_month utinyint,
    died_on date,
    is_placeholder boolean not null,
    known_from date not null,
    batch_key integer not null,
    known_to date not null,
    ended_batch_key integer not null,
);
comment on table person_history is 'One row per superseded version of a person.';
comment on column person_history.person_key is 'Internal key.';
comment on column person_history.person_id is 'The source''s own reference of the person. No names are held.';
comment on column person_history.root_key is 'The person they are after merging; their own key where there is no merge (rule 5).';
comment on column person_history.sex is 'Sex; null: unknown.';
comment on column person_history.birth_year is 'Year of birth; null: unknown.';
comment on column person_history.birth_month is 'Month of birth; null: unknown.';
comment on column person_history.died_on is 'Day of death; null: not known to be dead.';
comment on column person_history.is_placeholder is 'Not a person but a stand-in for one not known (rule 19).';
comment on column person_history.known_from is 'Extract date of the load that brought this version.';
comment on column person_history.batch_key is 'Load that brought this version, see load_batch.';
comment on column person_history.known_to is 'Extract date of the load that ended this version, exclusive.';
comment on column person_history.ended_batch_key is 'Load that ended this version, see load_batch.';
