-- One row per load that was taken back: its rows are gone, its number is not given again.
create table load_undone (
    batch_key integer not null primary key,
    adapter varchar not null,
    extract_on date not null,
    rows_in bigint not null,
    file_names varchar not null,
    undone_on date not null,
);
comment on table load_undone is 'One row per load that was taken back: its rows are gone, its number is not given again.';
comment on column load_undone.batch_key is 'Number the load had.';
comment on column load_undone.adapter is 'Adapter that read the source.';
comment on column load_undone.extract_on is 'Extract date.';
comment on column load_undone.rows_in is 'Rows it read.';
comment on column load_undone.file_names is 'Files it read, separated by commas.';
comment on column load_undone.undone_on is 'Day on which it was taken back.';
