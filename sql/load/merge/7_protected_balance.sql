-- Rows by verdict of the file of protected characteristics, which has a database of its own: none elsewhere.
create temp table if not exists protected_balance (verdict varchar, rows_in bigint);
