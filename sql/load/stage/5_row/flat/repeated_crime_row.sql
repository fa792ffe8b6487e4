-- One row per row that speaks of a crime of which several do: they have to agree.
create view repeated_crime_row as
from repeated_row;
