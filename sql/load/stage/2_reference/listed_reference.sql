-- One row per person named by a row of a list that is given whole.
create view listed_reference as
select identity_row.file_number, identity_row.row_in_file, clean_text(identity_row.person_id) as reference,
from identity_row
union all
select identity_row.file_number, identity_row.row_in_file, clean_text(identity_row.is_person_id),
from identity_row
union all
select cluster_row.file_number, cluster_row.row_in_file, clean_text(cluster_row.unique_id),
from cluster_row
union all
select custody_row.file_number, custody_row.row_in_file, clean_text(custody_row.person_id),
from custody_row
union all
select exclusion_row.file_number, exclusion_row.row_in_file, clean_text(exclusion_row.person_id),
from exclusion_row
union all
select action_row.file_number, action_row.row_in_file, clean_text(action_row.person_id),
from action_row
union all
select protected_row.file_number, protected_row.row_in_file, clean_text(protected_row.person_id),
from protected_row;
