-- One row per recorded offence, harm index and item that survives all that the record carries (rule 24).
create view offence_candidate as
with by_urn as (
    select
        harm_weight.index_id,
        offence_meaning.offence_key,
        harm_weight.item,
        1 as closeness,
    from offence_meaning
    cross join harm_weight
    inner join harm_index using (index_id)
    where
        harm_index.item_kind = 'urn'
        and (offence_meaning.item is null or harm_weight.item = offence_meaning.item)
        and (
            offence_meaning.ho_class is null
            or harm_weight.ho_class = offence_meaning.ho_class
        )
        and (
            offence_meaning.code is null
            or case
                when len(offence_meaning.mapped_items) > 0
                    then list_contains(offence_meaning.mapped_items, harm_weight.item)
                when offence_meaning.code_system = 'ho'
                    then list_contains(offence_meaning.ho_codes, harm_weight.ho_code)
                else false
            end
        )
),

by_code as (
    select
        harm_weight.index_id,
        offence_meaning.offence_key,
        harm_weight.item,
        case
            when harm_weight.ho_code = offence_meaning.code then 0
            when list_contains(offence_meaning.ho_codes, harm_weight.ho_code) then 1
            else 2
        end as closeness,
    from offence_meaning
    cross join harm_weight
    inner join harm_index using (index_id)
    left join offence_code
        on offence_code.code_system = 'ho'
        and offence_code.code = harm_weight.ho_code
    where
        harm_index.item_kind = 'code'
        and (
            harm_weight.ho_code = offence_meaning.code
            or list_contains(offence_meaning.ho_codes, harm_weight.ho_code)
            or list_has_any(offence_code.ho_codes, offence_meaning.ho_codes)
        )
),

candidate as (
    from by_urn
    union all
    from by_code
    -- A weight for the code itself wins over one for its parts, and that over one for a group that holds it.
    qualify closeness = min(closeness) over (partition by index_id, offence_key)
)

select
    candidate.index_id,
    candidate.offence_key,
    candidate.item,
    harm_weight.offence,
    harm_weight.ho_code,
    harm_weight.days,
    harm_weight.is_attempt,
from candidate
inner join harm_weight using (index_id, item);
comment on view offence_candidate is 'One row per recorded offence, harm index and item that survives all that the record carries (rule 24).';
