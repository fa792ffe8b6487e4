-- One row per way of writing an offence in the files, with its canonical form (rule 24).
create table staged_code as
with written as (
    select distinct
        staged_flat.code_system as raw_system,
        staged_flat.code as raw_code,
        staged_flat.ho_class as raw_class,
        staged_flat.item as raw_item,
    from staged_flat
),

placed as (
    select
        written.*,
        coalesce(lower(clean_text(written.raw_system)), getvariable('code_system_given'), 'ho') as code_system,
        coalesce(lower(clean_text(written.raw_system)), getvariable('code_system_given'), 'ho') = 'ho'
            and is_class_form(written.raw_code) as is_class,
        coalesce(lower(clean_text(written.raw_system)), getvariable('code_system_given'), 'ho') = 'ho'
            and is_item_form(written.raw_code) as is_item,
    from written
)

select
    placed.raw_system,
    placed.raw_code,
    placed.raw_class,
    placed.raw_item,
    placed.code_system,
    case
        when not coalesce(placed.is_class or placed.is_item, false)
            then canonical_code(placed.raw_code, placed.code_system)
    end as code,
    coalesce(
        canonical_class(placed.raw_class),
        case when placed.is_class then canonical_class(placed.raw_code) end
    ) as ho_class,
    coalesce(
        upper(clean_text(placed.raw_item)),
        case when placed.is_item then upper(clean_text(placed.raw_code)) end
    ) as item,
from placed;
