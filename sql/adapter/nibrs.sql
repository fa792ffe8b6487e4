-- One row per crime, suspect and victim of an FBI NIBRS download, as columns of the flat extract.
-- $path is the folder with the download's tables. Rule 2: a crime is offence x victim for crimes
-- against the person, the offence otherwise.
-- A suspect answers for an offence against a victim only through victim_offender_rel; those whom
-- no victim is linked to answer for the society and property offences of their incident. Offender
-- number 0 stands for nobody known: its crimes have no suspect.
-- Not in the source, so left empty: who brought a crime to notice; the borough; an arrest, as
-- arrestees carry no offender's number (matching by sequence, sex and age fits most, not all).
-- The incident date stands for the day of the report, which is not recorded; where the source
-- says it is a report date, the day of the offence is unknown.
-- Whatever lacks its type or its incident is passed on with a gap, for the load to refuse.
-- Files are named in small letters or in capitals. Before 2021 an offence carries the number of its type, which has the
-- code; since then the code itself.
with listed_offence as (
    from read_csv(
        $path || '/[Nn][Ii][Bb][Rr][Ss]_[Oo][Ff][Ff][Ee][Nn][Ss][Ee].csv',
        header = true, all_varchar = true, delim = ',', quote = '"', hive_partitioning = false
    )
    union all by name
    select null::varchar as OFFENSE_TYPE_ID, null::varchar as OFFENSE_CODE
    where false
),

offense_type as (
    from read_csv(
        $path || '/[Nn][Ii][Bb][Rr][Ss]_[Oo][Ff][Ff][Ee][Nn][Ss][Ee]_[Tt][Yy][Pp][Ee].csv',
        header = true, all_varchar = true, delim = ',', quote = '"', hive_partitioning = false
    )
    union all by name
    select null::varchar as OFFENSE_TYPE_ID
    where false
),

offence as (
    select
        listed.OFFENSE_ID as offense_id,
        listed.INCIDENT_ID as incident_id,
        coalesce(listed.OFFENSE_CODE, of_number.OFFENSE_CODE) as code,
        coalesce(coalesce(of_code.CRIME_AGAINST, of_number.CRIME_AGAINST) = 'Person', false) as is_against_person,
    from listed_offence as listed
    left join offense_type as of_number on of_number.OFFENSE_TYPE_ID = listed.OFFENSE_TYPE_ID
    left join offense_type as of_code on of_code.OFFENSE_CODE = listed.OFFENSE_CODE
),

victim as (
    select
        listed.VICTIM_ID as victim_id,
        nullif(listed.SEX_CODE, 'U') as sex,
        -- Ages of 1 to 98 are numbers; 1, 2 and 3 are newborn to 364 days, 6 is over 98, 4 unknown.
        case
            when listed.AGE_ID in ('1', '2', '3') then '0'
            when listed.AGE_ID = '6' then '99'
            else listed.AGE_NUM
        end as age,
        case victim_type.VICTIM_TYPE_CODE
            when 'I' then 'person'
            when 'L' then 'person'
            when 'S' then 'society'
            else 'business'
        end as kind,
    from read_csv(
        $path || '/[Nn][Ii][Bb][Rr][Ss]_[Vv][Ii][Cc][Tt][Ii][Mm].csv',
        header = true, all_varchar = true, delim = ',', quote = '"', hive_partitioning = false
    ) as listed
    left join read_csv(
        $path || '/[Nn][Ii][Bb][Rr][Ss]_[Vv][Ii][Cc][Tt][Ii][Mm]_[Tt][Yy][Pp][Ee].csv',
        header = true, all_varchar = true, delim = ',', quote = '"', hive_partitioning = false
    ) as victim_type using (VICTIM_TYPE_ID)
),

crime_victim as (
    select
        case
            when offence.is_against_person
                then concat_ws('-', offence.offense_id, victim_offense.VICTIM_ID)
            else offence.offense_id
        end as crime_id,
        offence.incident_id,
        offence.code,
        offence.is_against_person,
        victim_offense.VICTIM_ID as victim_id,
    from offence
    left join read_csv(
        $path || '/[Nn][Ii][Bb][Rr][Ss]_[Vv][Ii][Cc][Tt][Ii][Mm]_[Oo][Ff][Ff][Ee][Nn][Ss][Ee].csv',
        header = true, all_varchar = true, delim = ',', quote = '"', hive_partitioning = false
    ) as victim_offense on victim_offense.OFFENSE_ID = offence.offense_id
),

offender as (
    select
        listed.OFFENDER_ID as offender_id,
        listed.INCIDENT_ID as incident_id,
        nullif(listed.SEX_CODE, 'U') as sex,
        case when listed.AGE_ID = '6' then '99' else listed.AGE_NUM end as age,
    from read_csv(
        $path || '/[Nn][Ii][Bb][Rr][Ss]_[Oo][Ff][Ff][Ee][Nn][Dd][Ee][Rr].csv',
        header = true, all_varchar = true, delim = ',', quote = '"', hive_partitioning = false
    ) as listed
    where listed.OFFENDER_SEQ_NUM <> '0'
),

link as (
    select
        listed.OFFENDER_ID as offender_id,
        listed.VICTIM_ID as victim_id,
    from read_csv(
        $path || '/[Nn][Ii][Bb][Rr][Ss]_[Vv][Ii][Cc][Tt][Ii][Mm]_[Oo][Ff][Ff][Ee][Nn][Dd][Ee][Rr]_[Rr][Ee][Ll].csv',
        header = true, all_varchar = true, delim = ',', quote = '"', hive_partitioning = false
    ) as listed
),

crime_suspect as (
    select
        crime_victim.crime_id,
        link.offender_id,
    from crime_victim
    inner join link using (victim_id)
    union
    select
        crime_victim.crime_id,
        offender.offender_id,
    from crime_victim
    inner join offender using (incident_id)
    anti join link on link.offender_id = offender.offender_id
    where not crime_victim.is_against_person
),

-- The offender joined before the crime, so that a placeholder leaves the crime without a suspect.
suspect as (
    select
        crime_suspect.crime_id,
        offender.offender_id,
        offender.sex,
        offender.age,
    from crime_suspect
    inner join offender using (offender_id)
),

incident as (
    select
        listed.INCIDENT_ID as incident_id,
        -- 05-FEB-20; any other form is passed on as it is.
        coalesce(
            strftime(try_strptime(listed.INCIDENT_DATE, '%d-%b-%y'), '%Y-%m-%d'),
            listed.INCIDENT_DATE
        ) as incident_on,
        listed.REPORT_DATE_FLAG is not distinct from 'R' as is_report_date,
        -- The public name is shared by police and sheriff of one place; this one is not.
        agency.NCIC_AGENCY_NAME as agency_name,
    from read_csv(
        $path || '/[Nn][Ii][Bb][Rr][Ss]_[Ii][Nn][Cc][Ii][Dd][Ee][Nn][Tt].csv',
        header = true, all_varchar = true, delim = ',', quote = '"', hive_partitioning = false
    ) as listed
    left join read_csv(
        $path || '/[Aa][Gg][Ee][Nn][Cc][Ii][Ee][Ss].csv',
        header = true, all_varchar = true, delim = ',', quote = '"', hive_partitioning = false
    ) as agency using (AGENCY_ID)
)

-- Numbers of offenders and victims are two series: O and V keep a victim from being taken for
-- a suspect.
select
    crime_victim.crime_id,
    crime_victim.incident_id,
    'nibrs' as code_system,
    crime_victim.code,
    incident.incident_on as reported_on,
    case when not incident.is_report_date then incident.incident_on end as committed_from_on,
    case when not incident.is_report_date then incident.incident_on end as committed_to_on,
    null::varchar as detected_by,
    null::varchar as borough,
    incident.agency_name as area,
    'O' || suspect.offender_id as suspect_id,
    suspect.sex as suspect_sex,
    suspect.age as suspect_age,
    null::varchar as suspect_status,
    'V' || victim.victim_id as victim_id,
    victim.sex as victim_sex,
    victim.age as victim_age,
    victim.kind as victim_kind,
from crime_victim
left join incident using (incident_id)
left join victim using (victim_id)
left join suspect using (crime_id)
