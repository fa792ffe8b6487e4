-- One row per thing a list of these parameters must say about itself, see list_note.
create macro harm_note(
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
    known_on date := null
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
    where evidence.is_in_window
),

list_evidence as (
    from narrow_evidence()
)

from list_note();
comment on macro table harm_note is 'One row per thing a list must say about itself: what was counted, what was left out and why, in counts.';
