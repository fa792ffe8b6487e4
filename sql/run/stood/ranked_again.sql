-- One row per person of a list that was ranked again, longer than it was kept.
create or replace temp table ranked_again (
    person_id varchar not null,
    harm_rank bigint not null,
    harm_days decimal(18, 4) not null,
);
