-- One row per word that sources write in place of a reference where nobody is known (rule 19).
create table stand_in_word (
    word varchar not null primary key,
    use varchar not null check (use in ('alone', 'numbered', 'beside')),
    source varchar not null,
);
comment on table stand_in_word is 'One row per word that sources write in place of a reference where nobody is known (rule 19).';
comment on column stand_in_word.word is 'The word in capitals; of signs no more than the backslash.';
comment on column stand_in_word.use is 'alone: says by itself that nobody is known. numbered: also with a number behind it, such as UNKNOWN 2. beside: says so only next to one of these, such as UNKNOWN MALE.';
comment on column stand_in_word.source is 'Who writes it, or why it is taken so.';
