-- One row per reference of a person who was forgotten, as a keyed hash: no load brings them back.
create table suppression (
    mark varchar not null primary key,
    key_id varchar not null,
    forgotten_on date not null,
    after_load integer not null,
);
comment on table suppression is 'One row per reference of a person who was forgotten, as a keyed hash: no load brings them back.';
comment on column suppression.mark is 'Hash of the reference under the key of the ledger: HMAC-SHA256, of which 128 bits are kept.';
comment on column suppression.key_id is 'Which key it was made with.';
comment on column suppression.forgotten_on is 'Day on which they were forgotten.';
comment on column suppression.after_load is 'Newest load at that time: it and earlier ones are no longer taken back.';
