-- One row per distinct way in which an offence has been recorded.
create table offence (
    offence_key integer not null primary key,
    code_system varchar not null,
    code varchar,
    ho_class varchar,
    item varchar,
    check (code is not null or ho_class is not null or item is not null),
);
comment on table offence is 'One row per distinct way in which an offence has been recorded.';
comment on column offence.offence_key is 'Internal key.';
comment on column offence.code_system is 'Code system of the record, see offence_code.';
comment on column offence.code is 'Offence code in canonical form; null where the record has only a class or an item.';
comment on column offence.ho_class is 'Home Office class in canonical form.';
comment on column offence.item is 'Item of the CCHI (urn).';
