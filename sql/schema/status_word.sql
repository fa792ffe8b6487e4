-- One row per word that sources write for a status of a crime or of a suspect, with the status it means (rules 11 and 16).
create table status_word (
    column_name varchar not null check (column_name in ('status', 'suspect_status')),
    word varchar not null,
    status varchar not null,
    source varchar not null,
    primary key (column_name, word),
);
comment on table status_word is 'One row per word that sources write for a status of a crime or of a suspect, with the status it means (rules 11 and 16).';
comment on column status_word.column_name is 'Column of the flat extract it is written in.';
comment on column status_word.word is 'The word in small letters, its parts joined by underscores.';
comment on column status_word.status is 'The status it means, see crime and suspect.';
comment on column status_word.source is 'Who writes it so.';
