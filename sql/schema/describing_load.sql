-- One row per load whose files give the sex or the birth of suspects (rule 19).
create table describing_load (
    batch_key integer not null primary key,
);
comment on table describing_load is 'One row per load whose files give the sex or the birth of suspects: only there does it say something that both are missing (rule 19).';
comment on column describing_load.batch_key is 'Load, see load_batch.';
