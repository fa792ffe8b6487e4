-- One row per row that carries something along with a crime that has several rows.
create view carried_row as
select repeated_row.crime_row, repeated_row.carried,
from repeated_row
anti join staged_refusal using (row_key)
where repeated_row.carried is not null;
