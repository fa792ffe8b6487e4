-- One row per code that a record may carry, per code system.
create table offence_code (
    code_system varchar not null check (code_system in ('ho', 'nibrs')),
    code varchar not null,
    title varchar not null,
    ho_codes varchar[] not null,
    items varchar[] not null,
    reason varchar,
    primary key (code_system, code),
);
comment on table offence_code is 'One row per code that a record may carry, per code system.';
comment on column offence_code.code_system is 'ho: Home Office offence codes. nibrs: offence codes of the FBI.';
comment on column offence_code.code is 'The code in canonical form.';
comment on column offence_code.title is 'What the code means, in the words of its publisher.';
comment on column offence_code.ho_codes is 'Home Office codes whose items the code may mean: itself for a plain Home Office code, its parts for a composite, the codes that fix its scope for another system.';
comment on column offence_code.items is 'Items of the CCHI the code may mean, where it is mapped item by item; empty where ho_codes says it all.';
comment on column offence_code.reason is 'Why the code means these items, where that is a judgement of ours.';
