-- One row per line that the engine could not take apart, with why.
create table staged_unread (
    file_number integer,
    line bigint,
    crime_id varchar,
    reason varchar,
    row_text varchar,
);
