-- One row per item of a harm index version.
create table harm_weight (
    index_id varchar not null,
    item varchar not null,
    offence varchar not null,
    ho_code varchar not null,
    ho_class varchar,
    offence_group varchar,
    offence_subgroup varchar,
    days decimal(14, 4) not null check (days >= 0),
    days_published varchar not null,
    basis varchar not null check (basis in ('guideline', 'proxy', 'average', 'supplement')),
    starting_point varchar,
    is_attempt boolean not null,
    is_notifiable boolean,
    statute varchar,
    source varchar,
    primary key (index_id, item),
);
comment on table harm_weight is 'One row per item of a harm index version.';
comment on column harm_weight.index_id is 'Index version, see harm_index.';
comment on column harm_weight.item is 'Key of the item within the index: the urn in the CCHI, the code in indices by code.';
comment on column harm_weight.offence is 'Title of the offence as the index gives it.';
comment on column harm_weight.ho_code is 'Home Office offence code in canonical form, for instance 8N or 4/3.';
comment on column harm_weight.ho_class is 'Home Office class in canonical form, for instance 008/06; null in indices by code.';
comment on column harm_weight.offence_group is 'Offence group as the index gives it.';
comment on column harm_weight.offence_subgroup is 'Offence subgroup as the index gives it.';
comment on column harm_weight.days is 'Weight in days, exact to four decimals.';
comment on column harm_weight.days_published is 'The weight as published, character for character.';
comment on column harm_weight.basis is 'guideline: starting point of a sentencing guideline. proxy: nearest offence that has one. average: mean sentence. supplement: added to the index from the source named, provisional.';
comment on column harm_weight.starting_point is 'Starting point in the words of the source.';
comment on column harm_weight.is_attempt is 'True for an attempt at the offence.';
comment on column harm_weight.is_notifiable is 'True where the offence is notifiable; null where the index does not say.';
comment on column harm_weight.statute is 'Statute and section.';
comment on column harm_weight.source is 'Source of this one item where it differs from the index, always for a supplement.';
