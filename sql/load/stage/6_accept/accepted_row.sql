-- One row per row that can be taken.
create view accepted_row as
select staged_row.*,
from staged_row
anti join staged_refusal using (row_key);
