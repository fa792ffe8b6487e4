-- What stays of each table when somebody is forgotten. A table without a view here stays as it is. Once for a
-- table and its superseded versions where they are alike, see {past}; what has a list in braces is made for each, see
-- sql/list/list_kind.sql.
create temp view kept_person as
select person.*,
from person
where person.person_key not in (select forgotten_key.person_key from forgotten_key);

-- Somebody else who was once merged with them stands for themselves.
create temp view kept_person_history as
select
    person_history.* replace (
        case
            when person_history.root_key in (select forgotten_key.person_key from forgotten_key)
                then person_history.person_key
            else person_history.root_key
        end as root_key
    ),
from person_history
where person_history.person_key not in (select forgotten_key.person_key from forgotten_key);

create temp view kept_identity{past} as
select identity{past}.*,
from identity{past}
where
    identity{past}.person_id not in (select forgotten_reference.person_id from forgotten_reference)
    and identity{past}.is_person_id not in (select forgotten_reference.person_id from forgotten_reference);

create temp view kept_suspect{past} as
select suspect{past}.*,
from suspect{past}
where suspect{past}.person_key not in (select forgotten_key.person_key from forgotten_key);

create temp view kept_suspicion{past} as
select suspicion{past}.*,
from suspicion{past}
where suspicion{past}.person_key not in (select forgotten_key.person_key from forgotten_key);

-- That there was a victim, and of which sex, belongs to the crime: who it was, does not stay (rule 4).
create temp view kept_victim{past} as
select
    victim{past}.* replace (
        case when forgotten_key.person_key is null then victim{past}.person_key end as person_key,
        case when forgotten_key.person_key is null then victim{past}.age end as age
    ),
from victim{past}
left join forgotten_key on forgotten_key.person_key = victim{past}.person_key;

create temp table content_touched as
select
    crime.crime_key,
    coalesce(bool_or(forgotten_crime.is_suspect), false) as is_of_suspects,
    coalesce(bool_or(not forgotten_crime.is_suspect), false) as is_of_victims,
    bool_or(
        forgotten_crime.crime_key is not null
        or coalesce(regexp_matches(crime.carried, getvariable('mention')), false)
    ) as is_of_crime,
from (
    select crime.crime_key, crime.carried,
    from crime
    union
    select crime_history.crime_key, crime_history.carried,
    from crime_history
) as crime
left join forgotten_crime using (crime_key)
where
    forgotten_crime.crime_key is not null
    or regexp_matches(crime.carried, getvariable('mention'))
group by crime.crime_key;

-- The digests are of what the source gave, them included: 0 where nobody is left, else 1, which no source gives, so
-- that the next load says the crime anew.
create temp view kept_crime as
select
    crime.* replace (
        case when touched.is_of_crime then null else crime.carried end as carried,
        case when touched.is_of_crime and crime.carried is not null then 1 else crime.crime_content end
            as crime_content,
        case
            when not coalesce(touched.is_of_suspects, false) then crime.suspects_content
            when crime.crime_key in (select kept_suspect.crime_key from kept_suspect) then 1
            else 0
        end as suspects_content,
        case when coalesce(touched.is_of_victims, false) then 1 else crime.victims_content end
            as victims_content
    ),
from crime
left join content_touched as touched using (crime_key);

create temp view kept_crime_history as
select
    crime_history.* replace (
        case when touched.is_of_crime then null else crime_history.carried end as carried,
        case when touched.is_of_crime and crime_history.carried is not null then 1 else crime_history.crime_content end
            as crime_content,
        case when coalesce(touched.is_of_suspects, false) then 1 else crime_history.suspects_content end
            as suspects_content,
        case when coalesce(touched.is_of_victims, false) then 1 else crime_history.victims_content end
            as victims_content
    ),
from crime_history
left join content_touched as touched using (crime_key);

create temp view kept_{list_of_people}{past} as
select {list_of_people}{past}.*,
from {list_of_people}{past}
where {list_of_people}{past}.person_id not in (select forgotten_reference.person_id from forgotten_reference);

-- What was done with somebody else may name them.
create or replace temp view kept_action{past} as
select
    action{past}.* replace (
        regexp_replace(action{past}.reason, getvariable('mention'), '\1(forgotten)\3', 'g') as reason
    ),
from action{past}
where action{past}.person_id not in (select forgotten_reference.person_id from forgotten_reference);

-- Decisions about somebody else may name them.
create or replace temp view kept_exclusion{past} as
select
    exclusion{past}.* replace (
        regexp_replace(exclusion{past}.decided_by, getvariable('mention'), '\1(forgotten)\3', 'g') as decided_by,
        regexp_replace(exclusion{past}.reason, getvariable('mention'), '\1(forgotten)\3', 'g') as reason
    ),
from exclusion{past}
where exclusion{past}.person_id not in (select forgotten_reference.person_id from forgotten_reference);

create temp view kept_restriction as
select
    restriction.* replace (
        regexp_replace(restriction.reason, getvariable('mention'), '\1(forgotten)\3', 'g') as reason,
        regexp_replace(restriction.lifted_reason, getvariable('mention'), '\1(forgotten)\3', 'g') as lifted_reason
    ),
from restriction
where restriction.person_id not in (select forgotten_reference.person_id from forgotten_reference);

-- The quarantine keeps that a row was refused, and why; not its text.
create temp view kept_load_reject as
select
    load_reject.* replace (
        case when row_names_them(load_reject.row_text) then '' else load_reject.row_text end as row_text
    ),
from load_reject;

create temp view forgotten_crime_id as
select distinct crime.crime_id, forgotten_crime.is_suspect,
from forgotten_crime
inner join (
    select crime.crime_key, crime.crime_id,
    from crime
    union
    select crime_history.crime_key, crime_history.crime_id,
    from crime_history
) as crime using (crime_key);

-- Of crimes that name them, a value that could not be read may be theirs.
create temp view kept_load_issue as
select
    load_issue.* replace (
        case
            when value_names_them(load_issue.column_name, load_issue.bad_value) then null
            -- Of a row about a person it is not kept about whom.
            when load_issue.crime_id is null then null
            when
                load_issue.column_name like 'suspect%'
                and load_issue.crime_id in (
                    select named.crime_id from forgotten_crime_id as named where named.is_suspect
                )
                then null
            when
                load_issue.column_name like 'victim%'
                and load_issue.crime_id in (
                    select named.crime_id from forgotten_crime_id as named where not named.is_suspect
                )
                then null
            else load_issue.bad_value
        end as bad_value
    ),
from load_issue;

create temp view kept_load_file as
select
    load_file.* replace (
        regexp_replace(load_file.file_name, getvariable('mention_in_name'), '(forgotten)', 'g') as file_name
    ),
from load_file;

create temp view kept_load_undone as
select
    load_undone.* replace (
        regexp_replace(load_undone.file_names, getvariable('mention_in_name'), '(forgotten)', 'g') as file_names
    ),
from load_undone;

create temp view kept_load_batch as
select
    load_batch.* replace (
        regexp_replace(load_batch.warnings, getvariable('mention_in_name'), '(forgotten)', 'g') as warnings
    ),
from load_batch;

-- One row per list: how many of its rows are about somebody who is to be forgotten, the past versions apart.
create temp table forgotten_list (ordinal integer, what varchar, is_of_people boolean, held bigint, past bigint);

insert into forgotten_list by name
select
    {ordinal} as ordinal,
    '{about_a_person}' as what,
    {is_of_people} as is_of_people,
    (select count(*) from {list}) - (select count(*) from kept_{list}) as held,
    (select count(*) from {list}_history) - (select count(*) from kept_{list}_history) as past;
