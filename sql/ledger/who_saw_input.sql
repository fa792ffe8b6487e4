-- One row per keyed hash of a reference of the person.
create table person_hash (hash varchar not null);

-- One row per kept run, whether it names the person, and the line of the ledger that it was begun with.
create table kept_run (
    run varchar not null,
    shown varchar,
    file varchar,
    line_number bigint,
);
