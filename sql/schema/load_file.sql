-- One row per file of a load.
create table load_file (
    batch_key integer not null,
    file_number integer not null,
    file_name varchar not null,
    file_bytes bigint not null,
    file_hash varchar not null,
    rows_in bigint not null,
);
comment on table load_file is 'One row per file of a load.';
comment on column load_file.batch_key is 'Load, see load_batch.';
comment on column load_file.file_number is 'Number of the file within the load, from 1.';
comment on column load_file.file_name is 'Name of the file, without its folder.';
comment on column load_file.file_bytes is 'Size in bytes.';
comment on column load_file.file_hash is 'SHA-256 of the bytes.';
comment on column load_file.rows_in is 'Rows read from the file.';
