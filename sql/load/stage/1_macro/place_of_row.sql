-- The place of a row in its file, from its number, see row_key_of.
create macro place_of_row(numbered) as numbered % 1099511627776 - 1;
