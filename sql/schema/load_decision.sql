-- One row per thing about a load that an analyst has to decide before a list is relied on, and per thing to know of its codes.
create table load_decision (
    batch_key integer not null,
    place integer not null,
    kind varchar not null check (kind in ('refuse', 'decide', 'tell')),
    topic varchar not null,
    quantity bigint not null,
    total bigint not null,
    note varchar not null,
    examples varchar[] not null,
    remedy varchar not null,
    primary key (batch_key, place),
);
comment on table load_decision is 'One row per thing about a load that an analyst has to decide before a list is relied on, and per thing to know of its codes (rule 9).';
comment on column load_decision.batch_key is 'Load, see load_batch.';
comment on column load_decision.place is 'Place among them: what changes most ranks comes first.';
comment on column load_decision.kind is 'refuse: the load is refused until it is decided. decide: it changes who is listed. tell: to be known.';
comment on column load_decision.topic is 'What it is about.';
comment on column load_decision.quantity is 'How many rows, crimes or people it concerns, see note.';
comment on column load_decision.total is 'Of how many.';
comment on column load_decision.note is 'What was found and what was made of it.';
comment on column load_decision.examples is 'Up to three: codes and words as they stand, of references the lines alone.';
comment on column load_decision.remedy is 'The flag or the file that settles it.';
