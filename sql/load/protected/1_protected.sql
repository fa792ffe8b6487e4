-- What the load says of each person in its files, in the file of protected characteristics. A field that is empty or
-- not there says nothing: what is held stays.
create temp table protected_verdict as
with said as (
    select
        staged_protected.person_id,
        coalesce(staged_protected.ethnicity, held.ethnicity) as ethnicity,
        coalesce(staged_protected.ethnicity_observed, held.ethnicity_observed) as ethnicity_observed,
        coalesce(staged_protected.religion, held.religion) as religion,
        coalesce(staged_protected.disability, held.disability) as disability,
        held.person_id is not null as is_held,
        held.known_from,
        held.ethnicity as held_ethnicity,
        held.ethnicity_observed as held_ethnicity_observed,
        held.religion as held_religion,
        held.disability as held_disability,
    from staging.staged_protected
    left join protected as held using (person_id)
)

select
    said.person_id,
    said.ethnicity,
    said.ethnicity_observed,
    said.religion,
    said.disability,
    case
        when not said.is_held then 'new'
        when
            coalesce(said.ethnicity, '') = coalesce(said.held_ethnicity, '')
            and coalesce(said.ethnicity_observed, '') = coalesce(said.held_ethnicity_observed, '')
            and coalesce(said.religion, '') = coalesce(said.held_religion, '')
            and coalesce(said.disability, '') = coalesce(said.held_disability, '')
            then 'unchanged'
        when said.known_from > getvariable('extract_on') then 'outdated'
        else 'replaced'
    end as verdict,
from said;

insert into protected_history by name
select
    protected.*,
    getvariable('extract_on') as known_to,
    getvariable('batch_key') as ended_batch_key,
from protected
inner join protected_verdict using (person_id)
where protected_verdict.verdict = 'replaced'
order by protected.person_id;

delete from protected
where protected.person_id in (
    select protected_verdict.person_id
    from protected_verdict
    where protected_verdict.verdict = 'replaced'
);

insert into protected by name
select
    protected_verdict.* exclude (verdict),
    getvariable('extract_on') as known_from,
    getvariable('batch_key') as batch_key,
from protected_verdict
where protected_verdict.verdict in ('new', 'replaced')
order by protected_verdict.person_id;

create temp table protected_balance as
select protected_verdict.verdict, count(*) as rows_in,
from staging.protected_said
inner join protected_verdict using (person_id)
group by protected_verdict.verdict;
