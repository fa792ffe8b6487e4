-- Rows of people themselves: a flat extract has none.
create view row_of_person as
from staged_row
where false;
