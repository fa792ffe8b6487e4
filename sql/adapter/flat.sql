-- One row per row of a flat extract in CSV, also compressed as .gz: every column as text, by the names of its
-- header. The program has read the header already: nothing is guessed from a sample.
select *
from read_csv(
    $path,
    columns = getvariable('header_columns'),
    delim = getvariable('header_delimiter'),
    quote = '"',
    escape = '"',
    header = true,
    auto_detect = false,
    ignore_errors = true,
    store_rejects = true,
    rejects_limit = 0
)
