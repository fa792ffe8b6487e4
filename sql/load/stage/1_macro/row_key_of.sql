-- A number for a row of a file, in the order of files and of rows in them. Rows are counted from -1: a file without a
-- header has one there.
create macro row_key_of(number_of_file, row_of_file) as
    number_of_file::bigint * 1099511627776 + row_of_file + 1;
