-- Statuses that are not understood: their crimes and suspicions count for nothing until somebody says what they mean (rule 9).
insert into load_decision by name
with met as (
    select
        coalesce(staged_doubt.bad_value, 'rows of one crime that disagree') as word,
        count(*) as lines,
    from staging.staged_doubt
    where
        staged_doubt.column_name in ('status', 'suspect_status')
        and staged_doubt.issue in (
            'not understood: counts for nothing', 'the rows of the crime disagree: counts for nothing'
        )
    group by all
)

select
    getvariable('batch_key') as batch_key,
    3 as place,
    'decide' as kind,
    'statuses not understood' as topic,
    sum(met.lines)::bigint as quantity,
    (select coalesce(sum(staged_file.rows_in), 0) from staging.staged_file) as total,
    concat(
        number_of(sum(met.lines), 'row has', 'rows have'),
        ' a status that is not understood: the crime, or the suspicion, counts for nothing'
    ) as note,
    list_slice(list(format('{} ({:,})', met.word, met.lines) order by met.lines desc, met.word), 1, 3) as examples,
    concat(
        '--value "', arg_max(met.word, (met.lines, met.word)), '=STATUS" says what one means: recorded, cancelled, ',
        'transferred, not_crime; named, no_further_action, arrested, cautioned, charged, convicted, acquitted, ',
        'eliminated'
    ) as remedy,
from met
having count(*) > 0;
