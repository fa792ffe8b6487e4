-- One row per thing that was in doubt when a file was read, which an analyst has to decide, see load_decision.
create table staged_reading (
    place integer,
    topic varchar,
    quantity bigint,
    total bigint,
    note varchar,
    examples varchar[],
    remedy varchar,
);
