-- One row per person reference that stands for nobody in particular (rule 19), with the reason.
create view placeholder_now as
with described as (
    -- Where a source gives neither for anybody, their absence says nothing about one person.
    select count(*) > 0 as is_source_describing,
    from person
    where person.sex is not null or person.birth_year is not null
),

suspect_fact as (
    select
        suspect.person_key,
        count(suspect.age) as ages,
        count(*) as crimes,
    from suspect
    group by suspect.person_key
),

merged_age as (
    select person.root_key, sum(suspect_fact.ages) as ages,
    from suspect_fact
    inner join person using (person_key)
    group by person.root_key
),

busy as (
    select suspect_victim.person_key, count(*) as victims,
    from (
        select distinct
            suspect.person_key,
            case when victim.person_key is null then victim.crime_key end as unidentified_in,
            victim.person_key as victim_key,
        from suspect
        inner join suspect_fact using (person_key)
        inner join victim using (crime_key)
        -- Nobody has more victims than crimes times the victims of the largest crime; most stop here.
        where
            victim.kind = 'person'
            and suspect_fact.crimes
            * (select coalesce(max(victim.victim_number), 0) from victim)
            > placeholder_bound()
    ) as suspect_victim
    group by suspect_victim.person_key
    having count(*) > placeholder_bound()
)

select
    person.person_key,
    person.person_id,
    case
        when is_stand_in(person.person_id) then 'a known stand-in'
        when busy.victims is not null
            then concat('more than ', placeholder_bound(), ' victims')
        else 'neither sex nor birth year'
    end as reason,
from person
cross join described
inner join suspect_fact using (person_key)
inner join merged_person on merged_person.person_key = person.root_key
inner join merged_age on merged_age.root_key = person.root_key
left join busy using (person_key)
where
    is_stand_in(person.person_id)
    or busy.victims is not null
    or (
        described.is_source_describing
        -- A merge says who they are.
        and merged_person.sex is null
        and merged_person.birth_year is null
        and merged_age.ages = 0
    );
comment on view placeholder_now is 'One row per person reference that stands for nobody in particular (rule 19), with the reason.';
