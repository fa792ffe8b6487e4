-- One row per row refused by a load: the quarantine.
create table load_reject (
    batch_key integer not null,
    file_number integer not null,
    line bigint not null,
    crime_id varchar,
    reason varchar not null,
    row_text varchar not null,
);
comment on table load_reject is 'One row per row refused by a load: the quarantine.';
comment on column load_reject.batch_key is 'Load, see load_batch.';
comment on column load_reject.file_number is 'File of the load, see load_file.';
comment on column load_reject.line is 'Line in the file: the header is line 1, a row with quoted line breaks counts once.';
comment on column load_reject.crime_id is 'Reference of the crime, where the row has one.';
comment on column load_reject.reason is 'Why the row was refused.';
comment on column load_reject.row_text is 'The row as it stood.';
