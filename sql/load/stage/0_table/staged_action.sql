-- One row per action to be taken over.
create table staged_action (
    person_id varchar,
    acted_on date,
    kind varchar,
    reason varchar,
);
