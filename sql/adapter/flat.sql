-- One row per row of a flat extract in CSV, also compressed as .gz: every column as text, by the names of its header.
select *
from read_csv(
    $path,
    delim = $delimiter,
    quote = '"',
    escape = '"',
    header = true,
    all_varchar = true,
    ignore_errors = true,
    store_rejects = true,
    rejects_limit = 0
)
