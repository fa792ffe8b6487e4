-- One row per Home Office offence code with its place in the scopes of violence against women and girls.
create table vawg_code (
    ho_code varchar not null primary key,
    offence varchar not null,
    offence_subgroup varchar not null,
    offence_group varchar not null,
    is_vawg boolean not null,
    is_excluded boolean not null,
    is_sexual boolean not null,
    is_rape boolean not null,
    is_stalking_harassment boolean not null,
    reason varchar not null,
    check (not (is_vawg and is_excluded)),
);
comment on table vawg_code is 'One row per Home Office offence code with its place in the scopes of violence against women and girls.';
comment on column vawg_code.ho_code is 'Home Office offence code in canonical form.';
comment on column vawg_code.offence is 'Title of the offence.';
comment on column vawg_code.offence_subgroup is 'Offence subgroup of police recorded crime.';
comment on column vawg_code.offence_group is 'Offence group of police recorded crime.';
comment on column vawg_code.is_vawg is 'True where the police statistic counts the offence when the victim is female.';
comment on column vawg_code.is_excluded is 'True for the published exclusions, which win over the domestic-abuse flag.';
comment on column vawg_code.is_sexual is 'True for a sexual offence.';
comment on column vawg_code.is_rape is 'True for rape.';
comment on column vawg_code.is_stalking_harassment is 'True for stalking and harassment.';
comment on column vawg_code.reason is 'Why the code is in or out, in the words of the source.';
