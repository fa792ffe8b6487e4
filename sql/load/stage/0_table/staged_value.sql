-- One row per word of a status that --value explains, with the status it means.
create table staged_value (
    column_name varchar,
    word varchar,
    status varchar,
);
