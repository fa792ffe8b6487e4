-- One row per row that names a suspect of a crime of which several rows name one.
create view repeated_suspect_row as
from repeated_row
where repeated_row.suspect_id is not null and repeated_row.suspect_rows > 1;
