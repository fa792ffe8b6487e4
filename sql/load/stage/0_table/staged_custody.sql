-- One row per spell in custody to be taken over.
create table staged_custody (
    person_id varchar,
    from_on date,
    to_on date,
);
