-- One row per reference of a suspect or a victim, with what is known of the person.
create table demo_person as
with met as (
    select
        suspect.suspect_number as reference_number,
        crime.reported_on,
    from demo_suspect as suspect
    inner join demo_crime as crime
        on crime.crime_key = suspect.crime_key
    union all
    select
        victim.victim_number,
        crime.reported_on,
    from demo_victim as victim
    inner join demo_crime as crime
        on crime.crime_key = victim.crime_key
    where victim.victim_number is not null
),
referred as (
    select
        met.reference_number,
        -- 60 and 61 are other references of the person
        case when met.reference_number % 64 in (60, 61)
            then met.reference_number - met.reference_number % 64
            else met.reference_number
        end as base_number,
        min(met.reported_on) as first_reported_on,
        max(met.reported_on) as last_reported_on,
    from met
    group by all
),
gathered as (
    select
        referred.reference_number,
        referred.base_number,
        referred.reference_number % 64 as place,
        referred.base_number // 64 as person_number,
        min(referred.first_reported_on) over (partition by referred.base_number)
            as first_reported_on,
        max(referred.last_reported_on) over (partition by referred.base_number)
            as last_reported_on,
    from referred
),
drawn as (
    select
        gathered.*,
        gathered.place in (0, 60, 61) as is_suspect,
        gathered.reference_number < 0 or gathered.person_number = 80 as is_placeholder,
        demo_draw('age', gathered.base_number) as age_draw,
        demo_draw('other age', gathered.base_number) as other_age_draw,
        demo_draw('birth', gathered.base_number) as birth_draw,
        demo_draw('birth known', gathered.reference_number) as known_draw,
        demo_draw('sex known', gathered.base_number) as sex_draw,
        demo_draw('death', gathered.base_number) as death_draw,
    from gathered
),
aged as (
    select
        drawn.*,
        case
            when drawn.person_number in (71, 72) and drawn.is_suspect
                then drawn.person_number - 63
            when drawn.person_number < 100 and drawn.is_suspect
                then 24 + drawn.age_draw % 25
            -- one suspect in 25 is a child
            when drawn.is_suspect and drawn.birth_draw < 40000
                then 13 + drawn.age_draw % 5
            when drawn.place in (56, 57) then 4 + drawn.age_draw % 8
            when drawn.place in (58, 59) then 13 + drawn.age_draw % 2
            when drawn.is_suspect
                then 18 + least(drawn.age_draw % 55, drawn.other_age_draw % 55)
            else 16 + least(drawn.age_draw % 65, drawn.other_age_draw % 65)
        end as age,
    from drawn
),
born as (
    select
        aged.*,
        -- birthdays are spread over the year before the first report
        aged.first_reported_on - (aged.age * 1461 // 4 + aged.birth_draw % 360 + 1)::integer
            as born_on,
    from aged
)
select
    born.reference_number,
    born.base_number,
    case when born.reference_number < 0 then 'UNKNOWN'
        else format('P{:08d}', born.reference_number)
    end as person_id,
    case
        when born.is_placeholder then null
        when born.is_suspect and born.person_number < 100 then 'M'
        when born.is_suspect and demo_draw('woman', born.person_number) < 170000 then 'F'
        when born.is_suspect then 'M'
        when born.place in (56, 57, 58, 59) then 'F'
        when born.person_number >= 100 and born.sex_draw < 12000 then null
        when born.person_number >= 100 and born.sex_draw < 12500 then 'X'
        when born.place >= 48 then 'M'
        else 'F'
    end as sex,
    born.born_on,
    -- what a record says of the birth: a day, a month, a year, or nothing
    case
        when born.is_placeholder then null
        when born.person_number in (71, 72) then strftime(born.born_on, '%Y-%m-%d')
        -- an identity taken down wrong
        when born.place = 60 and born.known_draw < 100000
            then year(born.born_on + 366)::varchar
        when born.known_draw < 600000 then strftime(born.born_on, '%Y-%m-%d')
        when born.known_draw < 800000 then strftime(born.born_on, '%Y-%m')
        when born.known_draw < 960000 then strftime(born.born_on, '%Y')
    end as birth,
    born.known_draw between 960000 and 989999 and not born.is_placeholder as has_age_only,
    -- one suspect in 300 has died since
    case
        when born.is_suspect and not born.is_placeholder and born.death_draw < 6000
            and born.person_number > 100
            and born.last_reported_on + 5 + (born.other_age_draw % 600)
                <= parameter.until_on
            then born.last_reported_on + 5 + (born.other_age_draw % 600)
    end as died_on,
from born
cross join demo_parameter as parameter;
comment on table demo_person is
    'One row per reference of a suspect or a victim, with what is known of the person.';
