-- One row per row of the files that names somebody forgotten.
create table suppressed_row as
select staged_flat.file_number, staged_flat.row_in_file,
from staged_flat
where staged_flat.is_suppressed
union
select listed_reference.file_number, listed_reference.row_in_file,
from listed_reference
semi join suppressed_reference using (reference);
