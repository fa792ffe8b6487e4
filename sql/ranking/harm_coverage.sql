-- One row per way of recording an offence in the window: how its crimes could be weighed (rules 24 to 27).
create macro harm_coverage(
    as_of date,
    window_days integer := 365,
    weights varchar := 'cchi-2020',
    scope varchar := 'vawg'
) as table
with evidence as (
    from harm_evidence(
        as_of,
        window_days := window_days,
        weights := weights,
        scope := scope
    ) as considered
    -- A code in no table may hide a crime that belongs in the scope: it is shown, too.
    where
        considered.is_counted
        or (
            considered.is_in_window
            and considered.is_recorded
            and not considered.is_in_scope
            and not considered.is_scope_known
        )
),

met as (
    select
        evidence.offence_key,
        evidence.is_counted as is_in_scope,
        count(distinct evidence.crime_key) as crimes,
        count(distinct evidence.person_key) as people,
    from evidence
    group by evidence.offence_key, evidence.is_counted
)

select
    offence.code_system,
    offence.code,
    offence.ho_class,
    offence.item as recorded_item,
    offence_weight.offence,
    case
        when not met.is_in_scope then 'not in scope, code in no table'
        when offence_weight.candidates = 0 then 'unweighted'
        when offence_weight.days_low = offence_weight.days_high then 'certain'
        when offence_weight.is_reviewed then 'ambiguous, reviewed'
        else 'ambiguous, median'
    end as weighing,
    offence_weight.candidates,
    offence_weight.days_low,
    offence_weight.days_middle,
    offence_weight.days_high,
    met.crimes,
    met.people,
    offence.offence_key,
from met
inner join offence using (offence_key)
inner join offence_weight
    on offence_weight.offence_key = offence.offence_key
    and offence_weight.index_id = weights;
comment on macro table harm_coverage is 'One row per way of recording an offence in the window: how its crimes could be weighed (rules 24 to 27).';
