-- One row per person reference that stands for nobody in particular (rule 19), with the reason: among the people a load
-- speaks of, among all where none is named.
create macro placeholder_among(of_batch integer) as table
with asked as (
    select spoken_of.person_key, spoken_of.person_id, spoken_of.root_key,
    from person_spoken_of(of_batch) as spoken_of
),

-- Nobody has more victims than crimes times the victims of the largest crime; most stop here.
frequent as (
    select suspect.person_key,
    from suspect
    semi join asked using (person_key)
    group by suspect.person_key
    having count(*) * (select coalesce(max(victim.victim_number), 0) from victim) > placeholder_bound()
),

busy as (
    select suspect_victim.person_key,
    from (
        select distinct
            suspect.person_key,
            case when victim.person_key is null then victim.crime_key end as unidentified_in,
            case when victim.person_key is null then victim.victim_number end as unidentified_number,
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
    select asked.person_key, asked.root_key,
    from asked
    inner join merged_person on merged_person.person_key = asked.root_key
    where merged_person.sex is null and merged_person.birth_year is null
),

-- That both are missing says something only where the load that names them gives either of other suspects.
passed_over as (
    select distinct undescribed.root_key,
    from undescribed
    inner join suspect using (person_key)
    inner join crime using (crime_key)
    inner join describing_load using (batch_key)
),

aged as (
    select distinct undescribed.root_key,
    from suspect
    inner join undescribed using (person_key)
    where suspect.age is not null
),

finding as (
    select asked.person_key, 1 as place, 'a known stand-in' as reason,
    from asked
    where is_stand_in(asked.person_id)
    union all
    select busy.person_key, 2 as place, concat('more than ', placeholder_bound(), ' victims') as reason,
    from busy
    union all
    select undescribed.person_key, 3 as place, 'neither sex nor birth year' as reason,
    from undescribed
    semi join passed_over using (root_key)
    anti join aged using (root_key)
)

select
    finding.person_key,
    any_value(asked.person_id) as person_id,
    arg_min(finding.reason, finding.place) as reason,
from finding
inner join asked using (person_key)
where finding.person_key in (select suspect.person_key from suspect)
group by finding.person_key;
comment on macro table placeholder_among is 'One row per person reference that stands for nobody in particular (rule 19), with the reason: among the people a load speaks of, among all where none is named.';
