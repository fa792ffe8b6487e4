-- One row per ranked person, most reported harm first (rules 10 to 30).
create macro harm_ranking(
    as_of date,
    window_days integer := 365,
    weights varchar := default_index(),
    scope varchar := 'vawg',
    weight_rule varchar := 'middle',
    naming varchar := 'all',
    historic varchar := 'include',
    proactive varchar := 'exclude',
    custody varchar := 'include',
    placeholder varchar := 'exclude',
    min_age integer := 18,
    of_sex varchar := null,
    known_on date := null,
    min_crimes integer := 1,
    min_victims integer := 1,
    in_borough varchar := null,
    in_bcu varchar := null,
    list_size integer := null
) as table
with list_parameter as (
    select
        as_of - (window_days - 1) as window_first_on,
        as_of as window_last_on,
        weights as index_name,
        scope as scope_name,
        min_age as least_age,
),

considered_evidence as not materialized (
    from harm_evidence(
        as_of,
        window_days := window_days,
        weights := weights,
        scope := scope,
        weight_rule := weight_rule,
        naming := naming,
        historic := historic,
        proactive := proactive,
        custody := custody,
        placeholder := placeholder,
        min_age := min_age,
        of_sex := of_sex,
        known_on := known_on
    ) as evidence
    where evidence.is_counted
),

list_evidence as materialized (
    from narrow_evidence(in_borough := in_borough, in_bcu := in_bcu)
),

list_pool as materialized (
    from list_total(min_crimes := min_crimes, min_victims := min_victims, known_on := known_on)
)

from list_row(list_size := list_size, known_on := known_on);
comment on macro table harm_ranking is 'One row per ranked person, most reported harm first; people with unweighted crimes alone have no rank (rules 10 to 30).';
