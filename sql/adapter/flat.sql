-- One row per row of a flat extract in CSV: every column as text, by the names of its header. The program has
-- read the header already: nothing is guessed from a sample. Workbooks, JSON and other encodings than UTF-8 it
-- writes anew as such a file first.
select *
from read_csv(
    $path,
    columns = getvariable('header_columns'),
    delim = getvariable('header_delimiter'),
    quote = getvariable('header_quote'),
    escape = getvariable('header_quote'),
    compression = getvariable('file_compression'),
    header = true,
    hive_partitioning = false,
    auto_detect = false,
    ignore_errors = true,
    store_rejects = true,
    rejects_limit = 0
)
