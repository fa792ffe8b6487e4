-- One row per row of the files that says who somebody is, and can be taken.
create view identity_said as
select
    clean_text(identity_row.person_id) as person_id,
    clean_text(identity_row.is_person_id) as is_person_id,
from identity_row
anti join staged_list_refusal using (file_number, row_in_file)
union all
-- Of a cluster everybody is the person of its first reference.
select
    clean_text(cluster_row.unique_id) as person_id,
    min(clean_text(cluster_row.unique_id)) over (partition by cluster_row.cluster_id) as is_person_id,
from cluster_row
anti join staged_list_refusal using (file_number, row_in_file);
