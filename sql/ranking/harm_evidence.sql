-- One row per crime and merged person suspected of it: every rule a named boolean, the verdict and why.
create macro harm_evidence(
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
    known_on date := null
) as table
with known_suspicion as (
    select
        suspicion.reported_on,
        suspicion.crime_key,
        suspicion.person_key,
        suspicion.offence_key,
        suspicion.crime_status,
        suspicion.suspect_status,
        suspicion.detection,
        suspicion.namer,
        suspicion.is_domestic_crime,
        suspicion.is_historic_crime,
        suspicion.female_victims,
        suspicion.unknown_sex_victims,
        suspicion.suspect_sex,
        suspicion.age_low,
        suspicion.age_high,
        suspicion.suspect_died_on,
        suspicion.is_placeholder_suspect,
        suspicion.crime_borough,
        suspicion.crime_bcu,
    from suspicion
    where known_on is null or suspicion.known_from <= known_on
    union all
    select
        suspicion_history.reported_on,
        suspicion_history.crime_key,
        suspicion_history.person_key,
        suspicion_history.offence_key,
        suspicion_history.crime_status,
        suspicion_history.suspect_status,
        suspicion_history.detection,
        suspicion_history.namer,
        suspicion_history.is_domestic_crime,
        suspicion_history.is_historic_crime,
        suspicion_history.female_victims,
        suspicion_history.unknown_sex_victims,
        suspicion_history.suspect_sex,
        suspicion_history.age_low,
        suspicion_history.age_high,
        suspicion_history.suspect_died_on,
        suspicion_history.is_placeholder_suspect,
        suspicion_history.crime_borough,
        suspicion_history.crime_bcu,
    from suspicion_history
    where
        known_on is not null
        and suspicion_history.known_from <= known_on
        and suspicion_history.known_to > known_on
),

-- Of one index before the join: a suspicion would else meet the weights of every index.
weighed as (
    select offence_weight.*,
    from offence_weight
    where offence_weight.index_id = known_index(weights)
),

judged as (
    select
        known_suspicion.*,
        offence_weight.offence,
        offence_weight.item,
        offence_weight.days_low,
        offence_weight.days_high,
        weight_under(
            weight_rule,
            offence_weight.days_low,
            offence_weight.days_middle,
            offence_weight.days_high
        ) as harm_days,
        offence_weight.candidates > 0 as is_weighted,
        offence_weight.is_reviewed,
        offence_weight.is_scope_known,
        offence_weight.is_scope_uncertain,
        in_custody.person_key is not null as is_in_custody,
        is_in_window(known_suspicion.reported_on, as_of, window_days) as is_in_window,
        is_recorded_crime(known_suspicion.crime_status) as is_recorded,
        is_in_scope(
            scope,
            offence_weight.is_vawg,
            offence_weight.is_excluded,
            offence_weight.is_sexual,
            known_suspicion.is_domestic_crime,
            known_suspicion.female_victims
        ) as is_in_scope,
        is_in_scope(
            scope,
            offence_weight.is_vawg,
            offence_weight.is_excluded,
            offence_weight.is_sexual,
            known_suspicion.is_domestic_crime,
            1
        ) as is_in_scope_with_a_woman,
        is_chosen(proactive, is_proactive(known_suspicion.detection)) as is_detected_as_asked,
        is_chosen(historic, known_suspicion.is_historic_crime) as is_dated_as_asked,
        is_named_as_asked(naming, known_suspicion.namer) as is_named_as_asked,
        is_standing_suspicion(known_suspicion.suspect_status) as is_standing,
        not known_suspicion.is_placeholder_suspect as is_known_person,
        coalesce(known_suspicion.age_low >= 10, true) as is_ten_or_over,
        is_of_age(min_age, known_suspicion.age_low) as is_of_age,
        is_alive_on(as_of, known_suspicion.suspect_died_on) as is_alive,
        is_chosen(custody, in_custody.person_key is not null) as is_custody_as_asked,
        left_out.person_key is null as is_not_left_out,
        restricted.person_key is null as is_not_restricted,
        of_sex is null or coalesce(known_suspicion.suspect_sex = of_sex, false) as is_of_sex,
    from known_suspicion
    inner join weighed as offence_weight using (offence_key)
    left join in_custody_on(as_of) as in_custody using (person_key)
    left join excluded_on(as_of) as left_out using (person_key)
    left join restricted_person as restricted using (person_key)
)

select
    judged.person_key,
    judged.crime_key,
    judged.reported_on,
    judged.offence_key,
    judged.offence,
    judged.item,
    judged.harm_days,
    judged.days_low as harm_days_low,
    judged.days_high as harm_days_high,
    judged.is_weighted,
    judged.is_reviewed,
    judged.is_scope_known,
    judged.is_scope_uncertain,
    judged.suspect_status,
    judged.detection,
    judged.namer,
    judged.is_historic_crime,
    judged.female_victims,
    judged.unknown_sex_victims,
    judged.age_low,
    judged.crime_borough,
    judged.crime_bcu,
    judged.is_in_custody,
    judged.is_in_window,
    judged.is_recorded,
    judged.is_in_scope,
    judged.is_detected_as_asked,
    judged.is_dated_as_asked,
    judged.is_named_as_asked,
    judged.is_standing,
    judged.is_known_person,
    judged.is_ten_or_over,
    judged.is_of_age,
    judged.is_alive,
    judged.is_custody_as_asked,
    judged.is_not_left_out,
    judged.is_not_restricted,
    judged.is_of_sex,
    judged.is_in_window
    and judged.is_recorded
    and judged.is_in_scope
    and judged.is_detected_as_asked
    and judged.is_dated_as_asked
    and judged.is_named_as_asked
    and judged.is_standing
    and judged.is_known_person
    and judged.is_ten_or_over
    and judged.is_of_age
    and judged.is_alive
    and judged.is_custody_as_asked
    and judged.is_not_left_out
    and judged.is_not_restricted
    and judged.is_of_sex as is_counted,
    case
        -- Nothing else is said of it.
        when not judged.is_not_restricted then 'restricted'
        when not judged.is_in_window then 'reported outside the window'
        when not judged.is_recorded then concat(
                'crime is ',
                case judged.crime_status when 'not_crime' then 'not a crime' else judged.crime_status end
            )
        when not judged.is_in_scope
            then case
                when judged.unknown_sex_victims > 0 and judged.is_in_scope_with_a_woman
                    then 'outside the scope: sex of the victim unknown'
                when
                    not judged.is_scope_known
                    and (scope = 'sexual' or scope in ('vawg', 'vawg-stat') and judged.female_victims > 0)
                    then 'outside the scope: code in no table'
                else 'outside the scope'
            end
        when not judged.is_detected_as_asked
            then case
                when proactive = 'only' then 'reported by victim or witness'
                else concat('detected by ', judged.detection)
            end
        when not judged.is_dated_as_asked
            then case
                when historic = 'only' then 'not a historic report'
                else 'historic: committed more than 365 days before the report'
            end
        when not judged.is_named_as_asked then 'not named by victim or witness'
        when not judged.is_standing then concat('suspect ', judged.suspect_status)
        when not judged.is_known_person then 'not a person but a placeholder'
        when not judged.is_ten_or_over then 'under ten, or possibly'
        when not judged.is_of_age then concat('under ', min_age, ', or possibly')
        when not judged.is_alive then 'dead'
        when not judged.is_custody_as_asked
            then case when custody = 'only' then 'not in custody' else 'in custody' end
        when not judged.is_not_left_out then 'left out by a recorded decision'
        when not judged.is_of_sex then 'another sex, or unknown'
        when not judged.is_weighted then 'counted, but no weight in the index'
        else 'counted'
    end as reason,
from judged;
comment on macro table harm_evidence is 'One row per crime and merged person suspected of it: every rule a named boolean, the verdict and why (rules 10 to 28).';
