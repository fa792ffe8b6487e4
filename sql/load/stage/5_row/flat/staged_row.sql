-- One row per row of the flat extract.
create table staged_row as
from typed_row('row');
