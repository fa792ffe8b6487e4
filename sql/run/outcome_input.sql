-- A kept list and those who stood next to it that day, by the evidence it kept; as the people they are now.
create temp table listed_then as
select kept.person_id,
from read_csv($rows, header = true, all_varchar = true) as kept
where kept.harm_rank is not null;

create temp table pool_then as
select
    kept.person_id,
    sum(kept.harm_days) as harm_days,
    count(*) as crimes,
from read_parquet($evidence) as kept
where kept.is_counted
group by kept.person_id;

-- People who were merged since are one; who is no longer held, or restricted, is counted and left out.
create temp table placed as
with known as (
    select
        pool_then.person_id,
        pool_then.harm_days,
        listed_then.person_id is not null as is_listed,
        person.root_key as person_key,
        restricted_person.person_key is not null as is_restricted,
    from pool_then
    left join listed_then using (person_id)
    left join person using (person_id)
    left join restricted_person on restricted_person.person_key = person.root_key
    where pool_then.harm_days is not null and pool_then.crimes >= getvariable('run_min_crimes')
)

select
    known.*,
    case
        when known.is_listed
            then row_number() over (partition by known.is_listed order by known.harm_days, known.person_id)
        else row_number() over (partition by known.is_listed order by known.harm_days desc, known.person_id)
    end as steps_from_cut,
from known;
