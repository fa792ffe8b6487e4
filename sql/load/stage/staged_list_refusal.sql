-- One row per row of a list of identities, custody or exclusions that cannot be taken, with the reason.
create table staged_list_refusal as
select
    identity_row.file_number,
    identity_row.row_in_file,
    case
        when clean_text(identity_row.person_id) is null then 'no person_id'
        when clean_text(identity_row.is_person_id) is null then 'no is_person_id'
    end as reason,
from identity_row
where reason is not null
union all
select
    cluster_row.file_number,
    cluster_row.row_in_file,
    case
        when clean_text(cluster_row.unique_id) is null then 'no unique_id'
        when clean_text(cluster_row.cluster_id) is null then 'no cluster_id'
    end as reason,
from cluster_row
where reason is not null
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
    end as reason,
from custody_row
where reason is not null
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
    end as reason,
from exclusion_row
where reason is not null;
