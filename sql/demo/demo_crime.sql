-- One row per recorded crime, with its own columns of the flat extract.
create table demo_crime as
with crime as (
    select
        spell_crime.crime_key,
        spell_crime.incident_key,
        spell_crime.reported_on,
        spell_crime.offence_number,
        spell_crime.person_number,
        spell_crime.role <> 'ordinary' as is_written,
    from demo_spell_crime as spell_crime
    union all
    select
        other_crime.crime_key,
        other_crime.crime_key,
        other_crime.reported_on,
        other_crime.offence_number,
        coalesce(other_crime.suspect_number, other_crime.crime_key) // 64,
        false,
    from demo_other_crime as other_crime
),
numbered as (
    -- references are given in the order of the reports, each year from one
    select
        crime.*,
        row_number() over (
            partition by year(crime.reported_on)
            order by crime.reported_on, crime.crime_key
        ) as number_in_year,
    from crime
),
drawn as (
    select
        numbered.*,
        demo_draw('written as', numbered.crime_key) as written_draw,
        demo_draw('status', numbered.crime_key) as status_draw,
        demo_draw('detected by', numbered.crime_key) as detected_draw,
        demo_draw('domestic', numbered.crime_key) as domestic_draw,
        demo_draw('delay', numbered.crime_key) as delay_draw,
        demo_draw('days late', numbered.crime_key) as late_draw,
        demo_draw('course', numbered.crime_key) as course_draw,
        demo_draw('area', numbered.crime_key) as area_draw,
        -- most crimes of a person are in the borough where they live
        case
            when demo_draw('away', numbered.crime_key) < 200000
                then demo_draw('borough', numbered.crime_key)
            else demo_draw('home', numbered.person_number)
        end % 1000 as borough_slot,
    from numbered
),
timed as (
    -- most are reported within a week, some late, some years later; not strangulation,
    -- an offence of its own only since 2022
    select
        drawn.*,
        offence.*,
        drawn.reported_on - (
            case
                when drawn.delay_draw < 10000 * offence.historic_percent
                    then 366 + drawn.late_draw % 5000
                when drawn.delay_draw < 200000 then 8 + drawn.late_draw % 120
                when drawn.delay_draw < 500000 then drawn.late_draw % 8
                when drawn.delay_draw < 996000 or offence.code = 'NFS'
                    then drawn.late_draw % 2
                else 366 + drawn.late_draw % 500
            end
        )::integer as committed_to_on,
    from drawn
    inner join demo_offence as offence
        on offence.offence_number = drawn.offence_number
)
select
    timed.crime_key,
    format('D{:02d}-{:07d}', year(timed.reported_on) % 100, timed.number_in_year) as crime_id,
    format('I{:08d}', timed.incident_key) as incident_id,
    timed.code,
    -- some records carry the code alone where it is written so, others code and class
    case when timed.written = 'any' and timed.written_draw < 180000 then null
        else timed.ho_class
    end as ho_class,
    case
        when timed.written = 'item' then timed.item
        when timed.written_draw >= 500000 then timed.item
    end as item,
    timed.reported_on,
    -- the day is not always known
    case
        when timed.delay_draw % 100 < 2 then null
        when timed.is_course
            then timed.committed_to_on - (20 + timed.course_draw % 380)
        when timed.course_draw < 50000 then timed.committed_to_on - 1
        else timed.committed_to_on
    end as committed_from_on,
    case when timed.delay_draw % 100 >= 2 then timed.committed_to_on end as committed_to_on,
    case
        when timed.is_written or timed.status_draw >= 36000 then 'recorded'
        when timed.status_draw < 12000 then 'cancelled'
        when timed.status_draw < 20000 then 'transferred'
        else 'not_crime'
    end as status,
    case
        when timed.detected_by <> 'victim' and timed.detected_draw < 850000
            then timed.detected_by
        when timed.is_written then 'victim'
        when timed.detected_draw < 760000 then 'victim'
        when timed.detected_draw < 900000 then 'witness'
        when timed.detected_draw < 914000 then 'police'
        when timed.detected_draw < 916000 then 'company'
    end as detected_by,
    timed.domestic_draw < 10000 * timed.domestic_percent as is_domestic,
    borough.borough,
    borough.bcu,
    -- the smaller area is left out of three records in ten
    case when timed.area_draw < 700000
        then format('D{:02d}-{:02d}', borough.borough_number, 1 + timed.area_draw % 20)
    end as area,
    timed.offence_number,
    timed.victim as victim_of,
    timed.is_grave,
    timed.is_written,
from timed
inner join demo_borough_slot as borough
    on borough.slot = timed.borough_slot;
comment on table demo_crime is
    'One row per recorded crime, with its own columns of the flat extract.';
