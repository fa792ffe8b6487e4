"""The default list as a whole process against the same SQL in the stock engine on the same file.

    python3 tests/bench/list.py HARMRANK [DATABASE]

HARMRANK is the built binary, DATABASE a demo (made if it is missing). Needs the PyPI package duckdb of the
engine's version. Prints medians in one run and their ratio; no figure of one machine holds on another.
"""

import pathlib
import re
import statistics
import subprocess
import sys
import time

import duckdb

ROUNDS = 15
ROOT = pathlib.Path(__file__).resolve().parents[2]


def statements(report):
    """The SQL of a report file, head and comments off, one statement each."""
    text = re.sub(r"/\*.*?\*/", "", (ROOT / "sql/report" / f"{report}.sql").read_text(), flags=re.S)
    text = re.sub(r"^--.*$", "", text, flags=re.M)
    return [sql for sql in text.split(";\n") if sql.strip()]


PARAMETERS = {
    "as_of": "date '2026-06-30'", "window_days": "365", "limit": "100", "index": "'cchi-2020'",
    "scope": "'vawg'", "weight_rule": "'middle'", "named_by": "'all'", "historic": "'include'",
    "proactive": "'exclude'", "custody": "'include'", "min_age": "18", "min_crimes": "1", "min_victims": "1",
    "suspect_sex": "null", "borough": "null", "bcu": "null", "known_on": "null::date",
}


def stock(database):
    """Seconds to open the file, run the report's statements and fetch the rows; and to run the statements."""
    begun = time.perf_counter()
    connection = duckdb.connect(database, read_only=True)
    for name, value in PARAMETERS.items():
        connection.execute(f"set variable \"{name}\" = {value}")
    opened = time.perf_counter()
    for sql in statements("v100"):
        connection.execute(sql).fetchall()
    ended = time.perf_counter()
    connection.close()
    return ended - begun, ended - opened


def program(binary, database):
    """Seconds of the whole process, and its peak memory in MB."""
    begun = time.perf_counter()
    process = subprocess.run(
        ["/usr/bin/time", "-f", "%M", binary, "report", "v100", "--db", database],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )
    return time.perf_counter() - begun, int(process.stderr.split()[-1]) / 1024


def main():
    binary = sys.argv[1]
    database = sys.argv[2] if len(sys.argv) > 2 else "bench-demo.duckdb"
    if not pathlib.Path(database).exists():
        subprocess.run([binary, "demo", "--db", database], check=True, stdout=subprocess.DEVNULL)
    program(binary, database), stock(database)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(program(binary, database))
        theirs.append(stock(database))
    process = statistics.median(seconds for seconds, _ in ours)
    whole = statistics.median(whole for whole, _ in theirs)
    query = statistics.median(query for _, query in theirs)
    print(f"harmrank report v100, whole process: {process * 1000:.0f} ms, peak {max(mb for _, mb in ours):.0f} MB")
    print(f"stock engine, open and run: {whole * 1000:.0f} ms; run alone: {query * 1000:.0f} ms")
    print(f"ratio to open and run {process / whole:.2f}; to run alone {process / query:.2f}")


main()
