"""Queries of one's own, against the stock engine on the same database.

    python3 tests/bench/sql.py HARMRANK [DATABASE]

HARMRANK is the built binary, DATABASE a demo (made if it is missing). Needs the PyPI package duckdb of the engine's
version. Prints medians and ratios: the start of the shell to its first prompt; a count against the start of a process
plus the same query, the database opened for it, as the first of a process and in a process that has asked before; ten
million rows to CSV against the engine's own COPY. No figure of one machine holds on another.
"""

import os
import pathlib
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time

import duckdb

ROUNDS = 15
COUNT = "select count(*) from crime"
LONG = (
    "select range as number, 'P' || range as person_id, date '2026-01-01' + (range % 365)::integer as reported_on, "
    "(range % 1000) / 4::decimal(18, 2) as harm_days from range(10000000)"
)


def clock(work):
    """Median seconds of a few rounds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def first_query(database):
    """Seconds to open the database and count in a process that has done nothing before: the engine is loaded, no more."""
    count = (
        f"import duckdb, time; begun = time.perf_counter(); duckdb.connect({database!r}, read_only=True)"
        f".execute({COUNT!r}).fetchall(); print(time.perf_counter() - begun)"
    )
    done = subprocess.run([sys.executable, "-c", count], check=True, capture_output=True, text=True)
    return float(done.stdout)


def first_prompt(binary, database):
    """Starts the shell, waits for its prompt, leaves."""
    process, terminal = pty.fork()
    if process == 0:
        os.environ["TERM"] = "xterm"
        os.execv(binary, [binary, "sql", "--no-history", "--db", database])
    seen = b""
    begun = time.perf_counter()
    while b"harmrank> " not in seen:
        seen += os.read(terminal, 4096)
    took = time.perf_counter() - begun
    os.write(terminal, b"\x04")
    try:
        while select.select([terminal], [], [], 5)[0] and os.read(terminal, 4096):
            pass
    except OSError:
        pass
    os.waitpid(process, 0)
    os.close(terminal)
    return took


def main():
    binary = os.path.abspath(sys.argv[1])
    database = sys.argv[2] if len(sys.argv) > 2 else "bench-sql.duckdb"
    if not pathlib.Path(database).exists():
        subprocess.run([binary, "demo", "--db", database], check=True, capture_output=True)
    print(f"first prompt            {statistics.median(first_prompt(binary, database) for _ in range(ROUNDS)):.3f} s")

    run = lambda *arguments: subprocess.run([binary, *arguments], check=True, capture_output=True)
    start = clock(lambda: run("--version"))
    within = clock(lambda: duckdb.connect(database, read_only=True).execute(COUNT).fetchall())
    first = statistics.median(first_query(database) for _ in range(ROUNDS))
    count = clock(lambda: run("sql", COUNT, "--db", database))
    print(f"count                   {count:.3f} s; process {start:.4f} s, first query {first:.4f} s; ratio {count / (start + first):.2f}")
    print(f"                        of a process that asked before {within:.4f} s; ratio {count / (start + within):.2f}")

    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = f"{folder}/ours.csv", f"{folder}/theirs.csv"
        long = clock(lambda: run("sql", LONG, "--db", database, "-o", ours))
        copy = f"import duckdb; duckdb.connect({database!r}, read_only=True).execute(\"copy ({LONG}) to '{theirs}' (header)\")"
        stock = clock(lambda: subprocess.run([sys.executable, "-c", copy], check=True, capture_output=True))
        print(f"ten million rows, CSV   {long:.2f} s; COPY {stock:.2f} s; ratio {long / stock:.2f}")
        size = pathlib.Path(ours).stat().st_size
        print(f"                        {size / 1e6:.0f} MB here, {pathlib.Path(theirs).stat().st_size / 1e6:.0f} MB there")


if __name__ == "__main__":
    main()
