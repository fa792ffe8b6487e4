-- One row per person reference that stands for nobody in particular (rule 19), with the reason.
create view placeholder_now as
with described as (
    -- Where a source gives neither for anybody, their absence says nothing about one person.
    select count(*) > 0 as is_source_describing,
    from person
    where person.sex is not null or person.birth_year is not null
),

-- Nobody has more victims than crimes times the victims of the largest crime; most stop here.
frequent as (
    select suspect.person_key,
    from suspect
    group by suspect.person_key
    having count(*) * (select coalesce(max(victim.victim_number), 0) from victim) > placeholder_bound()
),

busy as (
    select suspect_victim.person_key,
    from (
        select distinct
            suspect.person_key,
            case when victim.person_key is null then victim.crime_key end as unidentified_in,
            victim.person_key as victim_key,
        from suspect
        semi join frequent using (person_key)
        inner join victim using (crime_key)
        where victim.kind = 'person'
    ) as suspect_victim
    group by suspect_victim.person_key
    having count(*) > placeholder_bound()
),

-- A merge says who they are.
undescribed as (
    select person.person_key, person.root_key,
    from person
    inner join merged_person on merged_person.person_key = person.root_key
    cross join described
    where
        merged_person.sex is null
        and merged_person.birth_year is null
        and described.is_source_describing
),

aged as (
    select distinct undescribed.root_key,
    from suspect
    inner join undescribed using (person_key)
    where suspect.age is not null
),

finding as (
    select person.person_key, 1 as place, 'a known stand-in' as reason,
    from person
    where is_stand_in(person.person_id)
    union all
    select busy.person_key, 2 as place, concat('more than ', placeholder_bound(), ' victims') as reason,
    from busy
    union all
    select undescribed.person_key, 3 as place, 'neither sex nor birth year' as reason,
    from undescribed
    anti join aged using (root_key)
)

select
    finding.person_key,
    any_value(person.person_id) as person_id,
    arg_min(finding.reason, finding.place) as reason,
from finding
inner join person using (person_key)
where finding.person_key in (select suspect.person_key from suspect)
group by finding.person_key;
comment on view placeholder_now is 'One row per person reference that stands for nobody in particular (rule 19), with the reason.';
