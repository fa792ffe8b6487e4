-- One row per ambiguous code or class whose typical item has been reviewed, per index.
create table typical_item (
    index_id varchar not null,
    code_system varchar not null,
    code_kind varchar not null check (code_kind in ('code', 'class')),
    code varchar not null,
    item varchar not null,
    reason varchar not null,
    primary key (index_id, code_system, code_kind, code),
);
comment on table typical_item is 'One row per ambiguous code or class whose typical item has been reviewed, per index.';
comment on column typical_item.index_id is 'Index version, see harm_index.';
comment on column typical_item.code_system is 'Code system, see offence_code.';
comment on column typical_item.code_kind is 'code: an offence code. class: a Home Office class.';
comment on column typical_item.code is 'The code or class in canonical form.';
comment on column typical_item.item is 'The item a record with this code and nothing more most likely means.';
comment on column typical_item.reason is 'Why this item and not another.';
