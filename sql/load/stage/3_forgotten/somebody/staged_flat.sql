-- One row per row of crimes, suspects, victims and people in the files, without what it says of somebody forgotten.
-- The crime and the sex of its victim stay: they are not theirs alone.
create view staged_flat as
select
    staged_said.* replace (
        case when suspect.reference is null then staged_said.suspect_id end as suspect_id,
        case when suspect.reference is null then staged_said.suspect_sex end as suspect_sex,
        case when suspect.reference is null then staged_said.suspect_birth end as suspect_birth,
        case when suspect.reference is null then staged_said.suspect_age end as suspect_age,
        case when suspect.reference is null then staged_said.suspect_died_on end as suspect_died_on,
        case when suspect.reference is null then staged_said.suspect_status end as suspect_status,
        case when suspect.reference is null then staged_said.suspect_status_on end as suspect_status_on,
        case when suspect.reference is null then staged_said.named_by end as named_by,
        case when suspect.reference is null then staged_said.named_on end as named_on,
        case when victim.reference is null then staged_said.victim_id end as victim_id,
        case when victim.reference is null then staged_said.victim_birth end as victim_birth,
        case when victim.reference is null then staged_said.victim_age end as victim_age,
        case
            when
                suspect.reference is null
                and victim.reference is null
                and not coalesce(list_has_any(words_of(staged_said.carried), suppressed.words), false)
                then staged_said.carried
        end as carried
    ),
    suspect.reference is not null
    or victim.reference is not null
    or coalesce(list_has_any(words_of(staged_said.carried), suppressed.words), false) as is_suppressed,
from staged_said
cross join (
    select coalesce(list(suppressed_reference.reference), []) as words,
    from suppressed_reference
) as suppressed
left join suppressed_reference as suspect on suspect.reference = clean_text(staged_said.suspect_id)
left join suppressed_reference as victim on victim.reference = clean_text(staged_said.victim_id);
