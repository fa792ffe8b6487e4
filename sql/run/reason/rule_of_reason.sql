-- The code of a rule by the words it was kept in, for evidence that was kept before rules had codes.
create macro rule_of_reason(kept_reason) as
    case
        when starts_with(kept_reason, 'outside the scope') then 'scope'
        when starts_with(kept_reason, 'detected by ') or kept_reason = 'reported by victim or witness'
            then 'proactive'
        when starts_with(kept_reason, 'historic: ') or kept_reason = 'not a historic report' then 'historic'
        when kept_reason = 'not named by victim or witness' then 'named_by'
        when starts_with(kept_reason, 'suspect ') then 'suspect_status'
        when kept_reason = 'under ten, or possibly' then 'under_ten'
        when starts_with(kept_reason, 'under ') then 'min_age'
        when kept_reason = 'dead' then 'dead'
        when kept_reason in ('in custody', 'not in custody') then 'custody'
        when kept_reason = 'left out by a recorded decision' then 'exclusion'
        when kept_reason = 'another sex, or unknown' then 'suspect_sex'
    end;
