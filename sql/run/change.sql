-- One row per listed person and crime that counts differently in the later run.
create view change as
with one_window as (
    select
        max(if(earlier_parameter.name = 'as_of', earlier_parameter.shown, null))::date as earlier_last_day,
        max(if(earlier_parameter.name = 'window_days', earlier_parameter.shown, null))::integer
            as earlier_length,
    from earlier_parameter
),

other_window as (
    select
        max(if(later_parameter.name = 'as_of', later_parameter.shown, null))::date as later_last_day,
        max(if(later_parameter.name = 'window_days', later_parameter.shown, null))::integer as later_length,
    from later_parameter
),

both_windows as (
    select
        one_window.earlier_last_day,
        one_window.earlier_last_day - one_window.earlier_length + 1 as earlier_first_day,
        other_window.later_last_day,
        other_window.later_last_day - other_window.later_length + 1 as later_first_day,
        other_window.later_last_day - one_window.earlier_length + 1 as later_first_day_as_long,
        one_window.earlier_length <> other_window.later_length
        or other_window.later_last_day < one_window.earlier_last_day as are_windows_other,
    from one_window
    cross join other_window
),

joined as (
    select
        coalesce(earlier.person_id, later.person_id) as person_id,
        coalesce(earlier.crime_id, later.crime_id) as crime_id,
        coalesce(later.reported_on, earlier.reported_on) as reported_on,
        earlier.person_id is not null as was_held,
        later.person_id is not null as is_held,
        coalesce(earlier.is_counted, false) as was_counted,
        coalesce(later.is_counted, false) as is_counted,
        if(earlier.is_counted, coalesce(earlier.harm_days, 0), 0) as earlier_days,
        if(later.is_counted, coalesce(later.harm_days, 0), 0) as later_days,
        earlier.code as earlier_code,
        later.code as later_code,
        if(later.is_counted, earlier.rule, later.rule) as deciding_rule,
    from earlier_evidence as earlier
    full join later_evidence as later
        on later.person_id = earlier.person_id and later.crime_id = earlier.crime_id
),

different as (
    select joined.*,
    from joined
    where
        (joined.was_counted <> joined.is_counted or joined.earlier_days <> joined.later_days)
        and joined.person_id in (
            select earlier_row.person_id
            from earlier_row
            union
            select later_row.person_id
            from later_row
        )
),

earlier_member as (
    select distinct unnest(earlier_evidence.identities) as member_id, earlier_evidence.person_id as root_id,
    from earlier_evidence
),

later_member as (
    select distinct unnest(later_evidence.identities) as member_id, later_evidence.person_id as root_id,
    from later_evidence
)

select
    different.*,
    both_windows.*,
    different.person_id in (
        select later_member.member_id
        from later_member
        where later_member.member_id <> later_member.root_id
    ) as is_now_another,
    different.person_id in (
        select earlier_member.member_id
        from earlier_member
        where earlier_member.member_id <> earlier_member.root_id
    ) as was_another,
    (different.crime_id, different.person_id) in (
        select (held.crime_id, later_member.root_id)
        from earlier_evidence as held
        inner join later_member on later_member.member_id = held.person_id
        where later_member.root_id <> held.person_id
    ) as holder_became_them,
    (different.crime_id, different.person_id) in (
        select (held.crime_id, earlier_member.root_id)
        from later_evidence as held
        inner join earlier_member on earlier_member.member_id = held.person_id
        where earlier_member.root_id <> held.person_id
    ) as holder_was_them,
    different.crime_id in (select earlier_evidence.crime_id from earlier_evidence) as was_crime_held,
    different.crime_id in (select later_evidence.crime_id from later_evidence) as is_crime_held,
    coalesce(
        case
            when different.was_counted and different.is_counted
                then exists(
                    select 1
                    from parameter_change
                    where parameter_change.name in ('index', 'weight_rule')
                )
            -- A lower least age puts nobody out, and a higher one lets nobody in: then a birth was corrected.
            else parameter_behind(different.deciding_rule) in (
                select parameter_change.name
                from parameter_change
                where
                    parameter_change.name <> 'min_age'
                    or different.was_counted
                    = (parameter_change.later::decimal(18, 4) > parameter_change.earlier::decimal(18, 4))
            )
        end,
        false
    ) as is_parameter_other,
from different
cross join both_windows;
