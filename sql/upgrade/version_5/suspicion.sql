-- Tables of version 4 took a status that was not understood for one that counts, see crime and suspect.
insert into suspicion by name
select
    suspicion_before.* replace (
        case when crime.status = 'not_understood' then crime.status else suspicion_before.crime_status end
            as crime_status,
        case
            when suspicion_before.suspect_status = 'named' and doubted.crime_key is not null then 'not_understood'
            else suspicion_before.suspect_status
        end as suspect_status
    ),
from suspicion_before
inner join crime using (crime_key)
left join (
    select suspect.crime_key, person.root_key as person_key,
    from suspect
    inner join person using (person_key)
    group by suspect.crime_key, person.root_key
    having bool_and(suspect.status = 'not_understood')
) as doubted
    on doubted.crime_key = suspicion_before.crime_key
    and doubted.person_key = suspicion_before.person_key
order by suspicion_before.reported_on, suspicion_before.crime_key, suspicion_before.person_key;
