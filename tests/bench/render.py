"""A long list as a file, against the stock engine's own COPY of the same SQL on the same database.

    python3 tests/bench/render.py HARMRANK [DATABASE]

HARMRANK is the built binary, DATABASE a demo (made, with a million people in the pool, if it is missing). Needs
the PyPI package duckdb of the engine's version. Both sides are whole processes that open the database, run every
statement of the report v100 and write one file; the program also writes its manifest. Prints medians of one run,
their ratio, and peak memory; no figure of one machine holds on another.
"""

import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 5
ROWS = 1_000_000
ROOT = pathlib.Path(__file__).resolve().parents[2]
FORMATS = ["csv", "parquet"]

# The stock engine in a process of its own, so that its memory can be seen.
STOCK = """
import re, sys
import duckdb
database, target, format, path, limit = sys.argv[1:]
text = re.sub(r"/\\*.*?\\*/", "", open(path).read(), flags=re.S)
text = re.sub(r"^--.*$", "", text, flags=re.M)
setup, rows, *notes = [sql for sql in text.split(";\\n") if sql.strip()]
connection = duckdb.connect(database, read_only=True)
for name, value in {
    "as_of": "date '2026-06-30'", "window_days": "365", "limit": limit, "index": "'cchi-2020'",
    "scope": "'vawg'", "weight_rule": "'middle'", "named_by": "'all'", "historic": "'include'",
    "proactive": "'exclude'", "custody": "'include'", "min_age": "18", "min_crimes": "1", "min_victims": "1",
    "suspect_sex": "null", "borough": "null", "bcu": "null", "known_on": "null::date",
}.items():
    connection.execute(f"set variable \\"{name}\\" = {value}")
connection.execute(setup)
connection.execute(f"copy ({rows}) to '{target}' (format {format})")
for sql in notes:
    connection.execute(sql).fetchall()
"""


def measured(command):
    """Seconds of a process by the clock and of all its threads, and its peak memory in MB."""
    begun = time.perf_counter()
    process = subprocess.run(["/usr/bin/time", "-f", "%M %U %S", *command], check=True, capture_output=True, text=True)
    memory, user, system = (float(word) for word in process.stderr.split()[-3:])
    return time.perf_counter() - begun, user + system, memory / 1024


def main():
    binary = sys.argv[1]
    database = sys.argv[2] if len(sys.argv) > 2 else "bench-render.duckdb"
    if not pathlib.Path(database).exists():
        subprocess.run(
            [binary, "demo", "--db", database, "--suspects", str(ROWS), "--years", "1"],
            check=True, stdout=subprocess.DEVNULL,
        )
    with tempfile.TemporaryDirectory() as folder:
        for form in FORMATS:
            ours, theirs = [], []
            target = f"{folder}/list.{form}"
            list_size = ["--limit", str(ROWS)]
            report = [binary, "report", "v100", *list_size, "--db", database, "-o", target]
            path = str(ROOT / "sql/report/v100.sql")
            stock = [sys.executable, "-c", STOCK, database, f"{folder}/stock.{form}", form, path, str(ROWS)]
            for _ in range(ROUNDS):
                ours.append(measured(report))
                theirs.append(measured(stock))
            manifest = pathlib.Path(f"{target}.manifest.json").read_text()
            rows = int(re.search(r'"rows": (\d+)', manifest).group(1))
            print(f"{form}, {rows:,} rows")
            for name, runs in [("harmrank", ours), ("stock COPY", theirs)]:
                clock, work, _ = (statistics.median(figures) for figures in zip(*runs))
                peak = max(memory for *_, memory in runs)
                print(f"  {name:10} {clock:6.2f} s, {work:6.2f} s of work, peak {peak:5.0f} MB")
            ratios = [statistics.median(a[i] for a in ours) / statistics.median(b[i] for b in theirs) for i in (0, 1)]
            print(f"  ratio      {ratios[0]:6.2f}  , {ratios[1]:6.2f}")


main()
