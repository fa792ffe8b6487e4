-- One row per row of a list of identities, custody, exclusions, actions or protected characteristics that cannot be taken, with the reason.
insert into staged_list_refusal by name
with judged as (
    select
        identity_row.file_number,
        identity_row.row_in_file,
        case
            when clean_text(identity_row.person_id) is null then 'no person_id'
            when clean_text(identity_row.is_person_id) is null then 'no is_person_id'
        end as refusal,
    from identity_row
    union all
    select
        cluster_row.file_number,
        cluster_row.row_in_file,
        case
            when clean_text(cluster_row.unique_id) is null then 'no unique_id'
            when clean_text(cluster_row.cluster_id) is null then 'no cluster_id'
        end as refusal,
    from cluster_row
    union all
    select
        custody_row.file_number,
        custody_row.row_in_file,
        case
            when clean_text(custody_row.person_id) is null then 'no person_id'
            when strict_date(custody_row.from_on) is null then 'no from_on, or a day not understood'
            when clean_text(custody_row.to_on) is not null and strict_date(custody_row.to_on) is null
                then 'to_on not understood: it would stand for custody that goes on'
            when strict_date(custody_row.to_on) < strict_date(custody_row.from_on)
                then 'to_on is before from_on'
        end as refusal,
    from custody_row
    union all
    select
        exclusion_row.file_number,
        exclusion_row.row_in_file,
        case
            when clean_text(exclusion_row.person_id) is null then 'no person_id'
            when strict_date(exclusion_row.from_on) is null then 'no from_on, or a day not understood'
            when strict_date(exclusion_row.review_on) is null then 'no review_on, or a day not understood'
            when clean_text(exclusion_row.decided_by) is null then 'no decided_by: a decision is somebody''s'
            when clean_text(exclusion_row.reason) is null then 'no reason'
        end as refusal,
    from exclusion_row
    union all
    select
        action_row.file_number,
        action_row.row_in_file,
        case
            when clean_text(action_row.person_id) is null then 'no person_id'
            when strict_date(action_row.acted_on) is null then 'no acted_on, or a day not understood'
            when known_word(
                action_row.kind, ['arrest', 'charge', 'conviction', 'custody', 'safeguarding', 'removed']
            ) is null
                then 'kind not understood: arrest, charge, conviction, custody, safeguarding, removed'
        end as refusal,
    from action_row
    union all
    select
        protected_row.file_number,
        protected_row.row_in_file,
        case
            when clean_text(protected_row.person_id) is null then 'no person_id'
            when
                coalesce(
                    clean_text(protected_row.ethnicity), clean_text(protected_row.ethnicity_observed),
                    clean_text(protected_row.religion), clean_text(protected_row.disability)
                ) is null
                then 'says nothing of the person'
            when
                count(distinct clean_text(protected_row.ethnicity)) over same_person > 1
                or count(distinct clean_text(protected_row.ethnicity_observed)) over same_person > 1
                or count(distinct clean_text(protected_row.religion)) over same_person > 1
                or count(distinct clean_text(protected_row.disability)) over same_person > 1
                then 'the rows of this person contradict each other'
        end as refusal,
    from protected_row
    window same_person as (partition by clean_text(protected_row.person_id))
),

forgotten as (
    select distinct listed_reference.file_number, listed_reference.row_in_file,
    from listed_reference
    semi join suppressed_reference using (reference)
)

select
    judged.file_number,
    judged.row_in_file,
    case
        when forgotten.file_number is not null then 'names somebody forgotten'
        else judged.refusal
    end as reason,
from judged
left join forgotten using (file_number, row_in_file)
where judged.refusal is not null or forgotten.file_number is not null;
