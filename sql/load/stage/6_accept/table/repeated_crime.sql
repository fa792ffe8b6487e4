-- One row per crime of which several rows name suspects, or several victims.
create view repeated_crime as
from named_in_crime
where named_in_crime.suspect_rows > 1 or named_in_crime.victim_rows > 1;
