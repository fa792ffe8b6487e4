-- The file of a row, from its number.
create macro file_of_row(numbered) as (numbered // 1099511627776)::integer;
