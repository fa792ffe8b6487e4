-- One row per file of the load.
create table staged_file (
    file_number integer,
    file_name varchar,
    file_bytes bigint,
    file_hash varchar,
    rows_in bigint,
);
