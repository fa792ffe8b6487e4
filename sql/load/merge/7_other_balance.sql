-- A load of something else has no balance of lists or of protected characteristics.
create temp table if not exists list_balance (verdict varchar, rows_in bigint);

create temp table if not exists protected_balance (verdict varchar, rows_in bigint);
