-- One row per way of recording an offence in list_evidence: how its crimes could be weighed (rules 24 to 27). A code in no
-- table may hide a crime that belongs in the scope: it is shown, too.
create macro list_coverage() as table
with met as (
    select
        evidence.offence_key,
        evidence.is_counted as is_in_scope,
        count(distinct evidence.crime_key) as crimes,
        count(distinct evidence.person_key) as people,
    from list_evidence as evidence
    where evidence.is_counted or evidence.is_code_unplaced
    group by evidence.offence_key, evidence.is_counted
)

select
    offence.code_system,
    offence.code,
    offence.ho_class,
    offence.item as recorded_item,
    offence_weight.offence,
    case
        when not met.is_in_scope then 'not in scope, code in no table'
        when offence_weight.candidates = 0 then 'unweighted'
        when offence_weight.days_low = offence_weight.days_high then 'certain'
        when offence_weight.is_reviewed then 'ambiguous, reviewed'
        else 'ambiguous, median'
    end as weighing,
    offence_weight.candidates,
    offence_weight.days_low,
    offence_weight.days_middle,
    offence_weight.days_high,
    met.crimes,
    met.people,
    offence.offence_key,
from met
cross join list_parameter
inner join offence using (offence_key)
inner join offence_weight
    on offence_weight.offence_key = offence.offence_key
    and offence_weight.index_id = list_parameter.index_name;
comment on macro table list_coverage is 'One row per way of recording an offence in list_evidence: how its crimes could be weighed (rules 24 to 27).';
