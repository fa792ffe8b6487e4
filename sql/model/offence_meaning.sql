-- One row per recorded offence: the Home Office codes, classes and items it can mean.
create view offence_meaning as
with item_code as (
    select
        harm_weight.item,
        min(harm_weight.ho_code) as ho_code,
        min(harm_weight.ho_class) as ho_class,
    from harm_weight
    inner join harm_index using (index_id)
    where harm_index.item_kind = 'urn'
    group by harm_weight.item
),

class_code as (
    select
        harm_weight.ho_class,
        list(distinct harm_weight.ho_code order by harm_weight.ho_code) as ho_codes,
    from harm_weight
    where harm_weight.ho_class is not null
    group by harm_weight.ho_class
)

select
    offence.offence_key,
    offence.code_system,
    offence.code,
    offence.ho_class,
    offence.item,
    offence_code.title,
    coalesce(
        offence_code.ho_codes,
        case when offence.code_system = 'ho' and offence.code is not null then [offence.code] end,
        case when item_code.ho_code is not null then [item_code.ho_code] end,
        class_code.ho_codes,
        []
    ) as ho_codes,
    coalesce(offence_code.items, []) as mapped_items,
from offence
left join offence_code
    on offence_code.code_system = offence.code_system
    and offence_code.code = offence.code
left join item_code on item_code.item = offence.item
left join class_code on class_code.ho_class = offence.ho_class;
comment on view offence_meaning is 'One row per recorded offence: the Home Office codes, classes and items it can mean.';
