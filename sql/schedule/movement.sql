/*
title = "Who moved since the list before"
summary = "One row per person on this list, or on the one before."
statement = "An order of reports received. It is not a prediction and not a finding of guilt."
columns_first = ["movement", "person_id", "harm_rank", "earlier_rank", "lists_in_a_row", "why", "harm_days", "days_to_cut"]
*/
-- Risen and fallen: by their own score. Moved up and overtaken: by what became of others. Of who left, rank and days are
-- those beyond the cut.
with told as (
    select
        own_score.person_id,
        string_agg(
            format(
                '{} ({}{} {})',
                own_score.why,
                if(own_score.days < 0, '-', '+'),
                regexp_replace(abs(own_score.days)::decimal(18, 4)::varchar, '[.]?0*$', ''),
                if(abs(own_score.days) = 1, 'day', 'days')
            ),
            '; '
            order by abs(own_score.days) desc, own_score.why
        ) as words,
    from own_score
    group by own_score.person_id
),

listed as (
    select
        moved.*,
        case
            when this_period.since is null then 'first list'
            when moved.movement = 'entered' then 'new'
            when moved.movement = 'rose' then 'risen'
            when moved.movement = 'fell' then 'fallen'
            when moved.movement = 'stayed' then 'unchanged'
            else moved.movement
        end as word,
        told.words as own_words,
    from moved
    cross join this_period
    left join told using (person_id)
)

select
    listed.word as movement,
    listed.person_id,
    listed.later_rank as harm_rank,
    listed.earlier_rank,
    listed.later_days as harm_days,
    listed.earlier_days,
    listed.days_to_cut::decimal(18, 4) as days_to_cut,
    case
        when listed.word = 'left' then standing_before.lists_in_a_row
        when not listed.was_listed then 1
        else coalesce(standing_before.lists_in_a_row, 1) + 1
    end as lists_in_a_row,
    case
        when not listed.was_listed then this_period.label
        else coalesce(standing_before.on_list_since, this_period.since)
    end as on_list_since,
    case
        when listed.word = 'first list' then 'the first list'
        when listed.word = 'unchanged' then listed.own_words
        when listed.is_own and listed.is_others and listed.is_more_by_others
            then concat_ws('; ', listed.by_others, listed.own_words)
        when listed.is_own and listed.is_others then concat_ws('; ', listed.own_words, listed.by_others)
        when listed.is_own then coalesce(listed.own_words, unexplained())
        when listed.is_others
            then concat_ws('; ', listed.by_others, 'their own score made no difference: ' || listed.own_words)
        else coalesce(
            listed.own_words,
            if(listed.is_evident, unexplained(), 'not known: the report keeps no evidence of those beyond its cut')
        )
    end as why,
from listed
cross join this_period
left join standing_before on standing_before.person_id = listed.person_id
order by
    list_position(
        ['first list', 'new', 'left', 'risen', 'fallen', 'moved up', 'overtaken', 'higher', 'lower', 'unchanged'],
        listed.word
    ),
    coalesce(listed.later_rank, listed.earlier_rank) nulls last,
    listed.person_id;

select
    'movement' as topic,
    null::bigint as quantity,
    if(
        this_period.since is null,
        format('{} is the first list: there is none to compare it with', this_period.label),
        format('{} since {}', this_period.label, this_period.since)
    ) as note,
from this_period
union all
select
    'parameters', null,
    format('{}: {} became {}', name, coalesce(earlier, 'null'), coalesce(later, 'null')),
from parameter_change
cross join this_period
where this_period.since is not null
union all
select 'runs', null, run_difference.note,
from run_difference
order by topic, note;
