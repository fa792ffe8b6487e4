-- Tables of version 4 took a status that was not understood for none, and the crime for recorded.
insert into crime by name
select
    crime_before.* replace (
        case when doubted.crime_id is not null then 'not_understood' else crime_before.status end as status
    ),
from crime_before
left join (
    select distinct load_issue.crime_id, load_issue.batch_key,
    from load_issue
    where
        load_issue.column_name = 'status'
        and load_issue.issue in (
            'not understood or not possible: blanked', 'the rows of the crime disagree: blanked'
        )
) as doubted
    on doubted.crime_id = crime_before.crime_id
    and doubted.batch_key = crime_before.batch_key
    and crime_before.status = 'recorded'
order by crime_before.reported_on, crime_before.crime_key;
