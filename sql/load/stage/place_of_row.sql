-- The place of a row in its file, from its number; the first is 0.
create macro place_of_row(numbered) as numbered % 1099511627776;
