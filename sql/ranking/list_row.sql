-- One row per listed person, most reported harm first: what list_pool and list_evidence hold of them (rules 25 to 30).
-- The cut is at list_size people, null for all; everyone tied at it is kept.
create macro list_row(list_size integer := null, known_on date := null) as table
-- The cut before the rank: a rank over everyone costs twice as much.
with cut as (
    select min(head.harm_days) as harm_days,
    from (
        select list_pool.harm_days,
        from list_pool
        order by list_pool.harm_days desc nulls last
        limit list_size
    ) as head
),

listed as (
    select list_pool.person_key, list_pool.harm_days,
    from list_pool
    cross join cut
    where list_size is null or list_pool.harm_days >= cut.harm_days
),

listed_crime as materialized (
    select
        list_evidence.*,
        offence_weight.offence,
        offence_weight.days_low,
        offence_weight.days_high,
    from list_evidence
    inner join listed using (person_key)
    cross join list_parameter
    inner join offence_weight
        on offence_weight.offence_key = list_evidence.offence_key
        and offence_weight.index_id = list_parameter.index_name
    where list_evidence.is_counted
),

person_detail as (
    select
        listed_crime.person_key,
        sum(listed_crime.days_low) as harm_days_low,
        sum(listed_crime.days_high) as harm_days_high,
        count(*) as crimes,
        count(*) filter (where not listed_crime.is_weighted) as unweighted_crimes,
        count(*) filter (where listed_crime.is_scope_uncertain) as uncertain_crimes,
        arg_max(
            listed_crime.offence,
            struct_pack(
                days := coalesce(listed_crime.harm_days, -1),
                day := listed_crime.reported_on,
                crime := listed_crime.crime_key
            )
        ) as gravest_offence,
        max(listed_crime.harm_days) as gravest_days,
        coalesce(sum(listed_crime.harm_days) filter (where listed_crime.is_historic_crime), 0)
            as historic_days,
        min(listed_crime.reported_on) as first_reported_on,
        max(listed_crime.reported_on) as last_reported_on,
        suspect_status_at(max(listed_crime.status_order)) as furthest_status,
        bool_or(listed_crime.is_in_custody) as is_in_custody,
        bool_or(not listed_crime.is_age_known) as is_age_unknown,
    from listed_crime
    group by listed_crime.person_key
),

victim_total as (
    select
        counted.person_key,
        count(*) as victims,
        count(counted.unidentified_in) as unidentified_victims,
    from (
        select distinct
            listed_crime.person_key,
            person.root_key as victim_key,
            -- Victims without an identifier are told apart by their crime and their number in it (rule 4).
            case when victim.person_key is null then victim.crime_key end as unidentified_in,
            case when victim.person_key is null then victim.victim_number end as unidentified_number,
        from listed_crime
        cross join list_parameter
        inner join named_victim_known_on(known_on) as victim using (crime_key, reported_on)
        left join person on person.person_key = victim.person_key
        where is_victim_in_scope(list_parameter.scope_name, victim.sex, victim.kind)
    ) as counted
    group by counted.person_key
),

listed_reference as (
    select person.root_key, person.person_key,
    from listed
    inner join person on person.root_key = listed.person_key
),

-- Distinct, so that people come before crimes: else every victim of the window meets every crime first. A macro in a file
-- does not keep the word materialized.
victim_row as (
    select distinct listed_reference.root_key, victim.crime_key,
    from listed_reference
    inner join named_victim_known_on(known_on) as victim using (person_key)
    cross join list_parameter
    where victim.reported_on between list_parameter.window_first_on and list_parameter.window_last_on
),

as_victim as (
    select victim_row.root_key as person_key, count(*) as reported_as_victim,
    from victim_row
    inner join crime_known_on(known_on) as crime using (crime_key)
    cross join list_parameter
    where
        crime.reported_on between list_parameter.window_first_on and list_parameter.window_last_on
        and is_recorded_crime(crime.status)
    group by victim_row.root_key
)

select
    case
        when listed.harm_days is not null then rank() over (order by listed.harm_days desc nulls last)
    end as harm_rank,
    person.person_id,
    listed.harm_days::decimal(18, 4) as harm_days,
    person_detail.harm_days_low::decimal(18, 4) as harm_days_low,
    person_detail.harm_days_high::decimal(18, 4) as harm_days_high,
    person_detail.crimes,
    person_detail.unweighted_crimes,
    coalesce(victim_total.victims, 0) as victims,
    coalesce(victim_total.unidentified_victims, 0) as unidentified_victims,
    person_detail.gravest_offence,
    person_detail.gravest_days::decimal(18, 4) as gravest_days,
    person_detail.historic_days::decimal(18, 4) as historic_days,
    person_detail.first_reported_on,
    person_detail.last_reported_on,
    person_detail.furthest_status,
    person_detail.is_in_custody,
    person_detail.is_age_unknown,
    person_detail.uncertain_crimes,
    coalesce(as_victim.reported_as_victim, 0) as reported_as_victim,
from listed
inner join person_detail using (person_key)
inner join person on person.person_key = listed.person_key
left join victim_total using (person_key)
left join as_victim using (person_key);
comment on macro table list_row is 'One row per listed person, most reported harm first; people with unweighted crimes alone have no rank (rules 25 to 30).';
