-- One row per row of crimes, suspects, victims and people in the files, where nobody was forgotten.
create view staged_flat as
select staged_said.*, false as is_suppressed,
from staged_said;
