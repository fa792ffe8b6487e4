-- Tables of version 4 took a status that was not understood for none, and the suspect for named. Which of several suspects of a
-- crime it was is not known: all of them who were taken for named.
insert into suspect by name
select
    suspect_before.* replace (
        case when doubted.crime_key is not null then 'not_understood' else suspect_before.status end as status
    ),
from suspect_before
left join (
    select distinct crime.crime_key,
    from load_issue
    inner join crime using (crime_id, batch_key)
    where
        load_issue.column_name = 'suspect_status'
        and load_issue.issue = 'not understood or not possible: blanked'
) as doubted
    on doubted.crime_key = suspect_before.crime_key
    and suspect_before.status = 'named'
order by suspect_before.reported_on, suspect_before.crime_key, suspect_before.person_key;
