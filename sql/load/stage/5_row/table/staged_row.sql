-- One row per row of the tables of crimes, suspects, victims and people.
create view staged_row as
from row_of_crime
union all by name
from row_of_suspect
union all by name
from row_of_victim
union all by name
from row_of_person;
