-- One row per line of the ledger that was asked for, with the lines that end one of them.
create table ledger_line (
    file varchar not null,
    place integer not null,
    written_at timestamp not null,
    content json not null
);
