-- One row per value blanked or doubted by a load; the row was kept.
create table load_issue (
    batch_key integer not null,
    file_number integer not null,
    line bigint not null,
    crime_id varchar,
    issue varchar not null,
    column_name varchar not null,
    bad_value varchar,
);
comment on table load_issue is 'One row per value blanked or doubted by a load; the row was kept.';
comment on column load_issue.batch_key is 'Load, see load_batch.';
comment on column load_issue.file_number is 'File of the load, see load_file.';
comment on column load_issue.line is 'Line in the file, see load_reject.';
comment on column load_issue.crime_id is 'Reference of the crime; null: the row is about a person.';
comment on column load_issue.issue is 'What was wrong and what was done.';
comment on column load_issue.column_name is 'Column of the flat extract.';
comment on column load_issue.bad_value is 'The value as it stood.';
