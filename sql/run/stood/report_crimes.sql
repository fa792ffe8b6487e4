-- Crimes of one kind of harm from 364 days before the first list of it to 365 after the last, of those who stood on
-- such a list or next to it, whoever the person is by now.
insert into reported
select
    $harm_kind,
    evidence.person_key,
    evidence.reported_on,
    coalesce(evidence.harm_days, 0),
from harm_evidence(
    as_of := ($last_on::date + 365),
    window_days := ($last_on::date - $first_on::date)::integer + 730,
    weights := $index,
    scope := $scope,
    weight_rule := $weight_rule,
    naming := $named_by,
    historic := $historic,
    proactive := $proactive
) as evidence
semi join (
    select person.root_key as person_key,
    from placed
    inner join kept_list using (list_key)
    inner join person using (person_id)
    where kept_list.harm_kind = $harm_kind
) as somebody using (person_key)
where
    evidence.is_in_window
    and evidence.is_recorded
    and evidence.is_in_scope
    and evidence.is_detected_as_asked
    and evidence.is_dated_as_asked
    and evidence.is_named_as_asked
    and evidence.is_standing;
