-- One row per recorded offence and harm index: its candidate items resolved to days (rules 24 to 27).
create table offence_weight (
    index_id varchar not null,
    offence_key integer not null,
    offence varchar not null,
    item varchar,
    candidates integer not null check (candidates >= 0),
    days_low decimal(14, 4),
    days_middle decimal(14, 4),
    days_high decimal(14, 4),
    is_reviewed boolean not null,
    is_vawg boolean not null,
    is_excluded boolean not null,
    is_sexual boolean not null,
    is_scope_known boolean not null,
    is_scope_uncertain boolean not null,
    check ((days_middle is null) = (candidates = 0)),
    check (days_low <= days_middle and days_middle <= days_high),
);
comment on table offence_weight is 'One row per recorded offence and harm index: its candidate items resolved to days (rules 24 to 27).';
comment on column offence_weight.index_id is 'Index version, see harm_index.';
comment on column offence_weight.offence_key is 'Recorded offence, see offence.';
comment on column offence_weight.offence is 'Title of the typical item, else of the code, else the code itself.';
comment on column offence_weight.item is 'Typical item; null where there is no candidate.';
comment on column offence_weight.candidates is 'Items that survive all that the record carries.';
comment on column offence_weight.days_low is 'Smallest candidate, in days; null: unweighted.';
comment on column offence_weight.days_middle is 'Typical item, in days; null: unweighted.';
comment on column offence_weight.days_high is 'Largest candidate, in days; null: unweighted.';
comment on column offence_weight.is_reviewed is 'False where candidates differ and nobody has reviewed which is typical: then the median of the completed offences stands in.';
comment on column offence_weight.is_vawg is 'Offence is in the police statistic of violence against women and girls when the victim is female.';
comment on column offence_weight.is_excluded is 'Offence is one of the published exclusions.';
comment on column offence_weight.is_sexual is 'Offence is a sexual offence.';
comment on column offence_weight.is_scope_known is 'The code is one of those known, so that being outside a scope is no accident.';
comment on column offence_weight.is_scope_uncertain is 'Candidates disagree about the scope; the typical item decided.';
