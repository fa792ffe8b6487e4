-- One row per version of a harm index.
create table harm_index (
    index_id varchar not null primary key check (regexp_full_match(index_id, '[a-z0-9][a-z0-9-]*')),
    title varchar not null,
    unit varchar not null,
    item_kind varchar not null check (item_kind in ('urn', 'code')),
    released_on date,
    source varchar not null,
    attribution varchar not null,
);
comment on table harm_index is 'One row per version of a harm index.';
comment on column harm_index.index_id is 'Short name used in parameters, for instance cchi-2020.';
comment on column harm_index.title is 'Full name with its version.';
comment on column harm_index.unit is 'What one unit of weight is.';
comment on column harm_index.item_kind is 'urn: an item is one statutory offence and a recorded item narrows the candidates. code: an item is a Home Office code, classes and items recorded do not narrow further.';
comment on column harm_index.released_on is 'Day the version was released; null where its publisher names none.';
comment on column harm_index.source is 'Where the values were read.';
comment on column harm_index.attribution is 'The words to print when the values are shown.';
