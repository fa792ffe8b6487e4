-- Tables of version 1 kept one digest of a crime with its suspects and victims: their next load says them anew.
insert into crime by name
select
    crime_before.* exclude (content),
    crime_before.content as crime_content,
    0 as suspects_content,
    0 as victims_content,
from crime_before;
