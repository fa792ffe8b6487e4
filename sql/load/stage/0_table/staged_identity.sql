-- One row per merge to be taken over (rule 5).
create table staged_identity (
    person_id varchar,
    is_person_id varchar,
);
