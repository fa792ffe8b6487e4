-- One row per row of considered_evidence, with no more than what a list needs: it is kept while the list is made, and
-- of ten years it is millions of rows. A person is in a place by any crime there (rule 22).
create macro narrow_evidence(in_borough varchar := null, in_bcu varchar := null) as table
select
    considered.person_key,
    considered.crime_key,
    considered.reported_on,
    considered.offence_key,
    considered.harm_days,
    considered.rule,
    considered.rule_detail,
    suspect_status_order(considered.suspect_status)::utinyint as status_order,
    considered.is_counted,
    (in_borough is null or coalesce(considered.crime_borough = in_borough, false))
    and (in_bcu is null or coalesce(considered.crime_bcu = in_bcu, false)) as is_in_place,
    considered.is_weighted,
    coalesce(considered.harm_days_low < considered.harm_days_high, false) as is_ambiguous,
    considered.is_reviewed,
    considered.is_recorded and not considered.is_in_scope and not considered.is_scope_known as is_code_unplaced,
    considered.is_scope_uncertain,
    considered.is_historic_crime,
    considered.detection is not null as is_detection_known,
    considered.namer is not null as is_namer_known,
    considered.age_low is not null as is_age_known,
    considered.is_in_custody,
from considered_evidence as considered;
comment on macro table narrow_evidence is 'One row per row of considered_evidence, with no more than what a list needs.';
