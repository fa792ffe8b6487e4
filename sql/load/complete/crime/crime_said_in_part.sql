-- Crimes of which the files name suspects or victims alone: what is held of the crime itself stands.
update staging.staged_crime
set
    incident_id = crime.incident_id,
    code_system = crime.code_system,
    code = crime.code,
    ho_class = offence.ho_class,
    item = offence.item,
    reported_on = crime.reported_on,
    committed_from_on = crime.committed_from_on,
    committed_to_on = crime.committed_to_on,
    status = crime.status,
    detected_by = crime.detected_by,
    is_domestic = crime.is_domestic,
    borough = crime.borough,
    bcu = crime.bcu,
    area = crime.area,
    carried = crime.carried,
    crime_content = crime.crime_content
from crime
inner join offence using (offence_key)
where crime.crime_id = staged_crime.crime_id and staged_crime.reported_on is null;

-- Of a crime that is nowhere, suspects and victims cannot be taken.
create table staging.nowhere as
select staged_crime.crime_row, staged_crime.crime_id,
from staging.staged_crime
where staged_crime.reported_on is null;

create table staging.nowhere_row as
select accepted_row.row_key, accepted_row.file_number, accepted_row.row_in_file, accepted_row.crime_id,
from staging.nowhere
inner join staging.accepted_row using (crime_id);

insert into staging.staged_reject by name
select
    nowhere_row.file_number,
    nowhere_row.row_in_file + 2 + (
        select count(*),
        from staging.unread_before
        where
            unread_before.file_number = nowhere_row.file_number
            and unread_before.rows_before <= nowhere_row.row_in_file
    ) as line,
    nowhere_row.crime_id,
    'no such crime: neither in the files nor held' as reason,
    staged_text.row_text,
from staging.nowhere_row
inner join staging.staged_text using (file_number, row_in_file);

insert into staging.staged_refusal by name
select nowhere_row.*, 'no such crime: neither in the files nor held' as reason,
from staging.nowhere_row;

delete from staging.staged_suspect
where staged_suspect.crime_row in (select nowhere.crime_row from staging.nowhere);

delete from staging.staged_victim
where staged_victim.crime_row in (select nowhere.crime_row from staging.nowhere);

delete from staging.staged_crime
where staged_crime.crime_row in (select nowhere.crime_row from staging.nowhere);

update staging.staged_suspect
set reported_on = staged_crime.reported_on
from staging.staged_crime
where staged_crime.crime_row = staged_suspect.crime_row and staged_suspect.reported_on is null;

update staging.staged_victim
set reported_on = staged_crime.reported_on
from staging.staged_crime
where staged_crime.crime_row = staged_victim.crime_row and staged_victim.reported_on is null;
