-- Codes of the crimes in the files: how many are known, ambiguous, without a weight, unknown, with the most frequent of each. A
-- file of which little is known may be of another code system: the few that are known are so by chance (rules 9 and 24).
create temp table code_read as
select
    coalesce(staged_crime.code, staged_crime.ho_class, staged_crime.item) as code,
    staged_crime.code_system,
    count(*) as crimes,
    bool_or(offence_weight.candidates > 0 or offence_weight.is_scope_known) as is_known,
    bool_or(offence_weight.candidates > 0) as is_weighted,
    coalesce(bool_or(offence_weight.days_low < offence_weight.days_high), false) as is_ambiguous,
from staging.staged_crime
left join offence_code_alias
    on offence_code_alias.code_system = staged_crime.code_system
    and offence_code_alias.alias = staged_crime.code
inner join offence
    on offence.code_system = staged_crime.code_system
    and offence.code is not distinct from coalesce(offence_code_alias.code, staged_crime.code)
    and offence.ho_class is not distinct from staged_crime.ho_class
    and offence.item is not distinct from staged_crime.item
inner join offence_weight
    on offence_weight.offence_key = offence.offence_key
    and offence_weight.index_id = default_index()
where staged_crime.rows_in > 0
group by all;

create temp table code_sum as
select
    coalesce(sum(code_read.crimes), 0)::bigint as crimes,
    coalesce(sum(code_read.crimes) filter (where code_read.is_known), 0)::bigint as known,
    coalesce(sum(code_read.crimes) filter (where code_read.is_known and not code_read.is_weighted), 0)::bigint
        as without_weight,
    coalesce(sum(code_read.crimes) filter (where code_read.is_ambiguous), 0)::bigint as ambiguous,
    coalesce(sum(code_read.crimes) filter (where not code_read.is_known), 0)::bigint as unknown,
    list_slice(
        coalesce(
            list(
                format('{} ({:,})', code_read.code, code_read.crimes)
                order by code_read.crimes desc, code_read.code
            ) filter (where not code_read.is_known),
            []
        ),
        1, 3
    ) as unknown_examples,
    list_slice(
        coalesce(
            list(
                format('{} ({:,}, without a weight)', code_read.code, code_read.crimes)
                order by code_read.crimes desc, code_read.code
            ) filter (where code_read.is_known and not code_read.is_weighted),
            []
        ),
        1, 3
    ) as without_weight_examples,
    list_slice(
        coalesce(
            list(
                format('{} ({:,}, may mean several items)', code_read.code, code_read.crimes)
                order by code_read.crimes desc, code_read.code
            ) filter (where code_read.is_ambiguous),
            []
        ),
        1, 3
    ) as ambiguous_examples,
from code_read;

insert into load_decision by name
select
    getvariable('batch_key') as batch_key,
    1 as place,
    case
        when
            getvariable('code_system_given') is null
            and code_sum.unknown >= 3
            and code_sum.unknown > code_sum.known
            and not exists (
                from staging.staged_code
                where staging.clean_text(staged_code.raw_system) is not null
            )
            then 'refuse'
        else 'decide'
    end as kind,
    'codes not known' as topic,
    code_sum.unknown as quantity,
    code_sum.crimes as total,
    concat(
        number_of(code_sum.unknown, 'crime carries', 'crimes carry'),
        ' a code that no table has: without a weight, and in no scope but by the domestic-abuse flag'
    ) as note,
    code_sum.unknown_examples as examples,
    '--code-system says what the codes are: ho, nibrs; harmrank report coverage --show all lists them' as remedy,
from code_sum
where code_sum.unknown > 0;

insert into load_decision by name
with zeroed as (
    select upper(staging.clean_text(staged_flat.code)) as code, count(*) as lines,
    from staging.staged_flat
    where
        getvariable('code_system_given') is null
        -- Of another system that is named they are what they say.
        and staging.clean_text(staged_flat.code_system) is null
        and staged_flat.code like '%0%'
        and regexp_full_match(staging.clean_text(staged_flat.code), '0+[0-9]+[A-Za-z]')
    group by all
)

select
    getvariable('batch_key') as batch_key,
    2 as place,
    'decide' as kind,
    'codes with a zero before them' as topic,
    sum(zeroed.lines)::bigint as quantity,
    (select coalesce(sum(staged_file.rows_in), 0) from staging.staged_file) as total,
    'Home Office codes have none: read without it, they may be codes of another system' as note,
    list_slice(list(format('{} ({:,})', zeroed.code, zeroed.lines) order by zeroed.lines desc, zeroed.code), 1, 3)
        as examples,
    '--code-system ho says that they are Home Office codes' as remedy,
from zeroed
having count(*) > 0;

insert into load_decision by name
select
    getvariable('batch_key') as batch_key,
    100 as place,
    'tell' as kind,
    'codes' as topic,
    code_sum.known as quantity,
    code_sum.crimes as total,
    concat(
        case
            when code_sum.unknown = 0 then 'the code of every crime is known'
            when code_sum.known = 0 then 'the code of no crime is known'
            else format(
                'the code of {:,} of {} is known', code_sum.known, number_of(code_sum.crimes, 'crime', 'crimes')
            )
        end,
        if(
            code_sum.ambiguous = 0,
            '',
            format('; that of {} may mean several items', number_of(code_sum.ambiguous, 'crime', 'crimes'))
        ),
        if(
            code_sum.without_weight = 0,
            '',
            format('; that of {} has no weight in the index', number_of(code_sum.without_weight, 'crime', 'crimes'))
        )
    ) as note,
    list_concat(code_sum.without_weight_examples, code_sum.ambiguous_examples) as examples,
    'harmrank report coverage --show all' as remedy,
from code_sum
where code_sum.crimes > 0;
