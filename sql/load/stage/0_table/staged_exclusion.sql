-- One row per decision to leave someone out to be taken over (rule 21).
create table staged_exclusion (
    person_id varchar,
    from_on date,
    review_on date,
    decided_by varchar,
    reason varchar,
);
