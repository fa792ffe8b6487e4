-- One row per row of a list that cannot be taken, with the reason.
create table staged_list_refusal (
    file_number integer,
    row_in_file bigint,
    reason varchar,
);
