-- One row per load.
create table load_batch (
    batch_key integer not null primary key,
    adapter varchar not null,
    adapter_hash varchar not null,
    extract_on date not null,
    is_extract_on_given boolean not null,
    full_from_on date,
    full_to_on date,
    rows_in bigint not null,
    rows_new bigint not null,
    rows_replaced bigint not null,
    rows_unchanged bigint not null,
    rows_outdated bigint not null,
    rows_refused bigint not null,
    crimes_withdrawn bigint not null,
    suspects_ended bigint not null,
    victims_ended bigint not null,
    rows_suppressed bigint not null,
    columns_unread varchar,
    warnings varchar,
    values_explained varchar,
    code_system varchar,
    check (rows_in = rows_new + rows_replaced + rows_unchanged + rows_outdated + rows_refused),
    check ((full_from_on is null) = (full_to_on is null)),
);
comment on table load_batch is 'One row per load.';
comment on column load_batch.batch_key is 'Number of the load, from 1.';
comment on column load_batch.adapter is 'Adapter that read the source.';
comment on column load_batch.adapter_hash is 'SHA-256 of the adapter''s SQL.';
comment on column load_batch.extract_on is 'Extract date: given, else the newest report date in the files.';
comment on column load_batch.is_extract_on_given is 'True where the extract date was given.';
comment on column load_batch.full_from_on is 'First report date for which the extract was declared complete.';
comment on column load_batch.full_to_on is 'Last report date for which the extract was declared complete.';
comment on column load_batch.rows_in is 'Rows read.';
comment on column load_batch.rows_new is 'Rows of crimes not held before.';
comment on column load_batch.rows_replaced is 'Rows of crimes that differ from the version held.';
comment on column load_batch.rows_unchanged is 'Rows of crimes that say what was held.';
comment on column load_batch.rows_outdated is 'Rows of crimes of which a newer version is held.';
comment on column load_batch.rows_refused is 'Rows in quarantine, see load_reject.';
comment on column load_batch.crimes_withdrawn is 'Crimes absent from an extract declared complete.';
comment on column load_batch.suspects_ended is 'Suspects of a crime whom its later version no longer names.';
comment on column load_batch.victims_ended is 'Victims of a crime whom its later version no longer names.';
comment on column load_batch.rows_suppressed is 'Rows that name somebody forgotten: what they say of them was left out, see suppression.';
comment on column load_batch.columns_unread is 'Columns of the sources that were not read, separated by commas; null: none.';
comment on column load_batch.warnings is 'What to know of how the files were read, a line each; null: nothing.';
comment on column load_batch.values_explained is 'What --value said a status of the source means, theirs=ours, a line each; null: nothing.';
comment on column load_batch.code_system is 'Code system that --code-system gave for records that do not say theirs; null: none was given.';
