-- One row per change, with why: the first rule that holds.
create view reasoned as
select
    change.person_id,
    change.crime_id,
    change.later_days - change.earlier_days as days,
    case
        when is_merged(change.was_held, change.is_held, change.is_now_another, change.holder_became_them)
            then 'identity merged'
        when is_unmerged(change.was_held, change.is_held, change.was_another, change.holder_was_them)
            then 'identity unmerged'
        when is_of_other_window(
            change.was_held, change.is_held, change.reported_on, change.earlier_first_day,
            change.later_last_day, change.later_first_day_as_long
        ) and change.are_windows_other
            then 'parameters differ'
        when is_aged_out(change.is_held, change.reported_on, change.later_first_day)
            then 'aged out of the window'
        when is_new_crime(change.was_held, change.reported_on, change.earlier_last_day) then 'new crime'
        when not change.was_held and change.was_crime_held then 'newly named as suspect'
        when not change.was_held then 'crime recorded since'
        when not change.is_held and change.is_crime_held then 'suspect ended'
        when not change.is_held then 'suspect ended, or crime withdrawn'
        when change.is_parameter_other then 'parameters differ'
        when is_suspect_changed(change.was_held, change.is_held, change.deciding_rule)
            then 'suspect status changed'
        when is_excluded(change.was_held, change.is_held, change.deciding_rule)
            then if(change.was_counted, 'excluded', 'no longer excluded')
        when change.deciding_rule = 'dead' then 'died'
        when change.deciding_rule = 'custody' then 'custody changed'
        when is_weight_changed(
            change.was_counted, change.is_counted, change.earlier_code, change.later_code
        ) then 'weight changed'
        else 'record corrected'
    end as why,
from change;
