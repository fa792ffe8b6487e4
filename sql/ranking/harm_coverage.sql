-- One row per way of recording an offence in the window: how its crimes could be weighed (rules 24 to 27).
create macro harm_coverage(
    as_of date,
    window_days integer := 365,
    weights varchar := default_index(),
    scope varchar := 'vawg'
) as table
with list_parameter as (
    select
        as_of - (window_days - 1) as window_first_on,
        as_of as window_last_on,
        weights as index_name,
        scope as scope_name,
        null::integer as least_age,
),

considered_evidence as not materialized (
    from harm_evidence(as_of, window_days := window_days, weights := weights, scope := scope) as evidence
    where evidence.is_in_window
),

list_evidence as (
    from narrow_evidence()
)

from list_coverage();
comment on macro table harm_coverage is 'One row per way of recording an offence in the window: how its crimes could be weighed (rules 24 to 27).';
