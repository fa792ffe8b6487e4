-- One row per other way of writing a code that no general rule can put into canonical form.
create table offence_code_alias (
    code_system varchar not null,
    alias varchar not null,
    code varchar not null,
    source varchar not null,
    primary key (code_system, alias),
);
comment on table offence_code_alias is 'One row per other way of writing a code that no general rule can put into canonical form.';
comment on column offence_code_alias.code_system is 'Code system, see offence_code.';
comment on column offence_code_alias.alias is 'The other way of writing, upper case and without spaces.';
comment on column offence_code_alias.code is 'The code in canonical form, see offence_code.';
comment on column offence_code_alias.source is 'Where the other way of writing was met.';
