-- One row per row that names a victim of a crime of which several rows name one.
create view repeated_victim_row as
from repeated_row
where repeated_row.names_victim and repeated_row.victim_rows > 1;
