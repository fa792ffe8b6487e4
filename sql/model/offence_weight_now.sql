-- One row per recorded offence and harm index: candidates resolved to days (rules 25 to 27).
create view offence_weight_now as
with spread as (
    select
        offence_candidate.index_id,
        offence_candidate.offence_key,
        count(*) as candidates,
        min(offence_candidate.days) as days_low,
        max(offence_candidate.days) as days_high,
        -- A value that an item carries: of an even number, the lower of the two in the middle.
        coalesce(
            quantile_disc(offence_candidate.days, 0.5)
                filter (where not offence_candidate.is_attempt),
            quantile_disc(offence_candidate.days, 0.5)
        ) as days_median,
    from offence_candidate
    group by offence_candidate.index_id, offence_candidate.offence_key
),

reviewed as (
    select
        offence_candidate.index_id,
        offence_candidate.offence_key,
        -- The word on the code before the word on the class, where both survive.
        arg_min(offence_candidate.item, typical_item.code_kind = 'class') as item,
    from offence_candidate
    inner join offence using (offence_key)
    inner join typical_item
        on typical_item.index_id = offence_candidate.index_id
        and typical_item.item = offence_candidate.item
        and typical_item.code_system = case
            when typical_item.code_kind = 'class' then 'ho' else offence.code_system
        end
        and typical_item.code = case
            when typical_item.code_kind = 'class' then offence.ho_class else offence.code
        end
    group by offence_candidate.index_id, offence_candidate.offence_key
),

stand_in as (
    select
        offence_candidate.index_id,
        offence_candidate.offence_key,
        arg_min(
            offence_candidate.item,
            struct_pack(attempt := offence_candidate.is_attempt, urn := offence_candidate.item)
        ) as item,
    from offence_candidate
    inner join spread using (index_id, offence_key)
    where offence_candidate.days = spread.days_median
    group by offence_candidate.index_id, offence_candidate.offence_key
),

typical as (
    select
        spread.*,
        coalesce(reviewed.item, stand_in.item) as item,
        reviewed.item is not null or spread.days_low = spread.days_high as is_reviewed,
    from spread
    inner join stand_in using (index_id, offence_key)
    left join reviewed using (index_id, offence_key)
),

candidate_scope as (
    select
        offence_candidate.index_id,
        offence_candidate.offence_key,
        count(distinct (
            coalesce(vawg_code.is_vawg, false),
            coalesce(vawg_code.is_excluded, false),
            coalesce(vawg_code.is_sexual, false)
        )) > 1 as is_divided,
    from offence_candidate
    left join vawg_code using (ho_code)
    group by offence_candidate.index_id, offence_candidate.offence_key
),

resolved as (
    select
        harm_index.index_id,
        offence_meaning.offence_key,
        typical.item,
        coalesce(
            item_weight.offence,
            offence_meaning.title,
            concat_ws(' ', offence_meaning.code, offence_meaning.ho_class, offence_meaning.item)
        ) as offence,
        offence_meaning.title is not null as is_code_known,
        coalesce(typical.candidates, 0) as candidates,
        typical.days_low,
        item_weight.days as days_middle,
        typical.days_high,
        coalesce(typical.is_reviewed, false) as is_reviewed,
        -- The recorded code is in the published table, or else the typical item's code is (rule 26).
        recorded_scope.ho_code is not null as is_scope_recorded,
        coalesce(recorded_scope.ho_code, item_weight.ho_code, offence_meaning.ho_codes[1])
            as scope_code,
        coalesce(candidate_scope.is_divided, false) as is_divided,
    from offence_meaning
    cross join harm_index
    left join typical using (index_id, offence_key)
    left join candidate_scope using (index_id, offence_key)
    left join harm_weight as item_weight
        on item_weight.index_id = harm_index.index_id
        and item_weight.item = typical.item
    left join vawg_code as recorded_scope
        on offence_meaning.code_system = 'ho'
        and recorded_scope.ho_code = offence_meaning.code
)

select
    resolved.index_id,
    resolved.offence_key,
    resolved.offence,
    resolved.item,
    resolved.candidates,
    resolved.days_low,
    resolved.days_middle,
    resolved.days_high,
    resolved.is_reviewed,
    coalesce(vawg_code.is_vawg, false) as is_vawg,
    coalesce(vawg_code.is_excluded, false) as is_excluded,
    coalesce(vawg_code.is_sexual, false) as is_sexual,
    vawg_code.ho_code is not null or resolved.is_code_known as is_scope_known,
    resolved.is_divided and not resolved.is_scope_recorded as is_scope_uncertain,
from resolved
left join vawg_code on vawg_code.ho_code = resolved.scope_code;
comment on view offence_weight_now is 'One row per recorded offence and harm index: candidates resolved to days (rules 25 to 27).';
