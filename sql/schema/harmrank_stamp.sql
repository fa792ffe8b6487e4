-- One row: which program made the SQL in this file.
create table harmrank_stamp (
    schema_version integer not null,
    sql_hash varchar not null,
    objects_hash varchar not null,
    weights_hash varchar not null,
    program_version varchar not null,
    engine_version varchar not null,
);
comment on table harmrank_stamp is 'One row: which program made the SQL in this file.';
comment on column harmrank_stamp.schema_version is 'Version of the tables.';
comment on column harmrank_stamp.sql_hash is 'SHA-256 of the SQL files that made the tables, macros and views.';
comment on column harmrank_stamp.objects_hash is 'Digest of the macros, views and reference rows as they stood then.';
comment on column harmrank_stamp.weights_hash is 'Digest of offence_weight, the days in use, as the last load left them.';
comment on column harmrank_stamp.program_version is 'Version of the program.';
comment on column harmrank_stamp.engine_version is 'Version of the engine.';
