-- The parameter that decides about what a rule left out; null: none does.
create macro parameter_behind(deciding_reason) as
    case
        when deciding_reason like 'outside the scope%' then 'scope'
        when deciding_reason like 'detected by %' or deciding_reason = 'reported by victim or witness'
            then 'proactive'
        when deciding_reason like 'historic%' or deciding_reason = 'not a historic report' then 'historic'
        when deciding_reason = 'not named by victim or witness' then 'named_by'
        when deciding_reason like 'under %' then 'min_age'
        when deciding_reason in ('in custody', 'not in custody') then 'custody'
        when deciding_reason = 'another sex, or unknown' then 'suspect_sex'
    end;
