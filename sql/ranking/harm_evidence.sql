-- One row per crime and merged person suspected of it: every rule a named boolean, the verdict and why.
create macro harm_evidence(
    as_of date,
    window_days integer := 365,
    weights varchar := default_index(),
    scope varchar := 'vawg',
    weight_rule varchar := 'middle',
    naming varchar := 'all',
    historic varchar := 'include',
    proactive varchar := 'exclude',
    custody varchar := 'include',
    placeholder varchar := 'exclude',
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
        known_suspicion.crime_status <> 'not_understood' and known_suspicion.suspect_status <> 'not_understood'
            as is_status_understood,
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
        is_chosen(placeholder, known_suspicion.is_placeholder_suspect) as is_person_as_asked,
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
),

-- The first rule that leaves a row out.
ruled as (
    select
        judged.*,
        case
            -- Nothing else is disclosed of it.
            when not judged.is_not_restricted then rule_code('restricted')
            when not judged.is_in_window then rule_code('window')
            when not judged.is_status_understood then rule_code('status_not_understood')
            when not judged.is_recorded then rule_code('crime_status')
            when not judged.is_in_scope then rule_code('scope')
            when not judged.is_detected_as_asked then rule_code('proactive')
            when not judged.is_dated_as_asked then rule_code('historic')
            when not judged.is_named_as_asked then rule_code('named_by')
            when not judged.is_standing then rule_code('suspect_status')
            when not judged.is_person_as_asked then rule_code('placeholder')
            when not judged.is_ten_or_over then rule_code('under_ten')
            when not judged.is_of_age then rule_code('min_age')
            when not judged.is_alive then rule_code('dead')
            when not judged.is_custody_as_asked then rule_code('custody')
            when not judged.is_not_left_out then rule_code('exclusion')
            when not judged.is_of_sex then rule_code('suspect_sex')
            when not judged.is_weighted then rule_code('no_weight')
            else rule_code('counted')
        end as rule,
    from judged
),

detailed as (
    select
        ruled.*,
        case ruled.rule
            when rule_code('status_not_understood')
                then case when ruled.crime_status = 'not_understood' then 'crime' else 'suspect' end
            when rule_code('crime_status') then ruled.crime_status
            when rule_code('scope')
                then case
                    when ruled.unknown_sex_victims > 0 and ruled.is_in_scope_with_a_woman then 'victim_sex'
                    when
                        not ruled.is_scope_known
                        and (scope = 'sexual' or scope in ('vawg', 'vawg-stat') and ruled.female_victims > 0)
                        then 'code'
                end
            when rule_code('proactive')
                then case when is_proactive(ruled.detection) then ruled.detection end
            when rule_code('historic') then case when ruled.is_historic_crime then 'historic' end
            when rule_code('suspect_status') then ruled.suspect_status
            when rule_code('placeholder') then case when not ruled.is_placeholder_suspect then 'person' end
            when rule_code('custody') then case when ruled.is_in_custody then 'in_custody' end
        end as rule_detail,
    from ruled
)

select
    detailed.person_key,
    detailed.crime_key,
    detailed.reported_on,
    detailed.offence_key,
    detailed.offence,
    detailed.item,
    detailed.harm_days,
    detailed.days_low as harm_days_low,
    detailed.days_high as harm_days_high,
    detailed.is_weighted,
    detailed.is_reviewed,
    detailed.is_scope_known,
    detailed.is_scope_uncertain,
    detailed.suspect_status,
    detailed.detection,
    detailed.namer,
    detailed.is_historic_crime,
    detailed.female_victims,
    detailed.unknown_sex_victims,
    detailed.age_low,
    detailed.crime_borough,
    detailed.crime_bcu,
    detailed.is_in_custody,
    detailed.is_in_window,
    detailed.is_status_understood,
    detailed.is_recorded,
    detailed.is_in_scope,
    detailed.is_detected_as_asked,
    detailed.is_dated_as_asked,
    detailed.is_named_as_asked,
    detailed.is_standing,
    detailed.is_person_as_asked,
    detailed.is_ten_or_over,
    detailed.is_of_age,
    detailed.is_alive,
    detailed.is_custody_as_asked,
    detailed.is_not_left_out,
    detailed.is_not_restricted,
    detailed.is_of_sex,
    detailed.is_in_window
    and detailed.is_status_understood
    and detailed.is_recorded
    and detailed.is_in_scope
    and detailed.is_detected_as_asked
    and detailed.is_dated_as_asked
    and detailed.is_named_as_asked
    and detailed.is_standing
    and detailed.is_person_as_asked
    and detailed.is_ten_or_over
    and detailed.is_of_age
    and detailed.is_alive
    and detailed.is_custody_as_asked
    and detailed.is_not_left_out
    and detailed.is_not_restricted
    and detailed.is_of_sex as is_counted,
    rule_in_words(detailed.rule, detailed.rule_detail, min_age) as reason,
    detailed.rule,
    detailed.rule_detail,
from detailed;
comment on macro table harm_evidence is 'One row per crime and merged person suspected of it: every rule a named boolean, the verdict and why (rules 10 to 28).';
