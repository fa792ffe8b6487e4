-- One row per line that holds nothing.
create table staged_line_without_row (
    file_number integer,
    line bigint,
);
