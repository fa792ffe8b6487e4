-- An extract date that is nobody's word but the newest report date, and stands alone: one mistyped year moves every window (rule 10).
insert into load_decision by name
with reported as (
    select staged_crime.reported_on, count(*) as crimes,
    from staging.staged_crime
    where staged_crime.rows_in > 0
    group by staged_crime.reported_on
),

newest as (
    select
        max(reported.reported_on) as newest_on,
        arg_max(reported.crimes, reported.reported_on) as crimes,
        max(reported.reported_on, 2)[2] as next_on,
        sum(reported.crimes)::bigint as total,
    from reported
)

select
    getvariable('batch_key') as batch_key,
    6 as place,
    'decide' as kind,
    'an extract date that stands alone' as topic,
    newest.crimes as quantity,
    newest.total,
    format(
        'the extract date is the newest report date, {}, which {} carries; the one before it is {}, {} earlier',
        newest.newest_on, number_of(newest.crimes, 'crime', 'crimes'), newest.next_on,
        number_of(newest.newest_on - newest.next_on, 'day', 'days')
    ) as note,
    [newest.newest_on::varchar] as examples,
    '--extract-date DAY says when the extract was taken' as remedy,
from newest
where
    not getvariable('is_extract_on_given')
    and newest.total > 2
    and newest.newest_on - newest.next_on > 30
    and newest.crimes * 20 <= newest.total + 19;
