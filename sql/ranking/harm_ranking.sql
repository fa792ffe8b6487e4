-- One row per ranked person, most reported harm first (rules 10 to 30).
create macro harm_ranking(
    as_of date,
    window_days integer := 365,
    weights varchar := 'cchi-2020',
    scope varchar := 'vawg',
    weight_rule varchar := 'middle',
    naming varchar := 'all',
    historic varchar := 'include',
    proactive varchar := 'exclude',
    custody varchar := 'include',
    min_age integer := 18,
    of_sex varchar := null,
    known_on date := null,
    min_crimes integer := 1,
    min_victims integer := 1,
    in_borough varchar := null,
    in_bcu varchar := null,
    list_size integer := null
) as table
with counted as not materialized (
    from harm_evidence(
        as_of,
        window_days := window_days,
        weights := weights,
        scope := scope,
        weight_rule := weight_rule,
        naming := naming,
        historic := historic,
        proactive := proactive,
        custody := custody,
        min_age := min_age,
        of_sex := of_sex,
        known_on := known_on
    ) as evidence
    where evidence.is_counted
),

person_total as (
    select
        counted.person_key,
        sum(counted.harm_days) as harm_days,
        count(*) as crimes,
        bool_or(
            (in_borough is null or counted.crime_borough = in_borough)
            and (in_bcu is null or counted.crime_bcu = in_bcu)
        ) as is_local,
    from counted
    group by counted.person_key
),

-- Distinct victims of everyone are costly: counted here only where min_victims asks for them.
many_victims as (
    select victim_count.person_key,
    from (
        select everyone.person_key, count(*) as victims,
        from (
            select distinct
                counted.person_key,
                victim.person_key as victim_key,
                victim.unidentified_in,
            from counted
            inner join victim_known_on(known_on) as victim using (crime_key)
            where min_victims > 1 and is_victim_in_scope(scope, victim.sex, victim.kind)
        ) as everyone
        group by everyone.person_key
    ) as victim_count
    where victim_count.victims >= min_victims
),

eligible as (
    select person_total.person_key, person_total.harm_days,
    from person_total
    left join many_victims using (person_key)
    where
        coalesce(person_total.is_local, false)
        and person_total.crimes >= min_crimes
        and (min_victims <= 1 or many_victims.person_key is not null)
),

-- The cut before the rank: a rank over everyone costs twice as much. It keeps all tied at it.
cut as (
    select min(head.harm_days) as harm_days,
    from (
        select eligible.harm_days,
        from eligible
        order by eligible.harm_days desc nulls last
        limit list_size
    ) as head
),

listed as (
    select eligible.person_key, eligible.harm_days,
    from eligible
    cross join cut
    where list_size is null or eligible.harm_days >= cut.harm_days
),

listed_crime as (
    select counted.*,
    from counted
    inner join listed using (person_key)
),

person_detail as (
    select
        listed_crime.person_key,
        sum(listed_crime.harm_days_low) as harm_days_low,
        sum(listed_crime.harm_days_high) as harm_days_high,
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
        suspect_status_at(max(suspect_status_order(listed_crime.suspect_status))) as furthest_status,
        bool_or(listed_crime.is_in_custody) as is_in_custody,
        bool_or(listed_crime.age_low is null) as is_age_unknown,
    from listed_crime
    group by listed_crime.person_key
),

listed_victim as (
    select distinct
        listed_crime.person_key,
        victim.person_key as victim_key,
        victim.unidentified_in,
    from listed_crime
    inner join victim_known_on(known_on) as victim
        on victim.crime_key = listed_crime.crime_key
        and victim.reported_on = listed_crime.reported_on
    where is_victim_in_scope(scope, victim.sex, victim.kind)
),

victim_total as (
    select
        listed_victim.person_key,
        count(*) as victims,
        count(listed_victim.unidentified_in) as unidentified_victims,
    from listed_victim
    group by listed_victim.person_key
),

as_victim as (
    select listed.person_key, count(distinct victim.crime_key) as reported_as_victim,
    from listed
    inner join victim_known_on(known_on) as victim using (person_key)
    inner join crime_known_on(known_on) as crime using (crime_key)
    where
        is_in_window(victim.reported_on, as_of, window_days)
        and is_in_window(crime.reported_on, as_of, window_days)
        and is_recorded_crime(crime.status)
    group by listed.person_key
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
comment on macro table harm_ranking is 'One row per ranked person, most reported harm first; people with unweighted crimes alone have no rank (rules 10 to 30).';
