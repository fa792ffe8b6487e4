"""Other clients read a database that harmrank made: the list they get is the program's, and they leave the file alone.

    python3 tests/client/read.py HARMRANK

HARMRANK is the built binary. Runs what `harmrank sql --open` prints for each client, and there the query of the manual.
Python is the package duckdb of the engine's own version, the shell the newest that is published (`duckdb-cli`); R is
tried where it has the package. Fails with what differs.
"""

import csv
import hashlib
import io
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATABASE = "a force's.duckdb"


def manual_query():
    """The query that the manual offers to other clients."""
    text = (ROOT / "src/manual/other-clients.md").read_text(encoding="utf-8")
    found = re.search(r"    duckdb -readonly harmrank\.duckdb\n\n((?:    .*\n)+)", text)
    return " ".join(line.strip() for line in found[1].splitlines())


def by_python(command, query):
    names = {}
    exec(command, names)  # noqa: S102 - it is what the program tells a user to run
    rows = names["connection"].execute(query).fetchall()
    engine = names["duckdb"].__version__
    names["connection"].close()
    return f"Python {engine}", rows


def by_shell(command, query):
    program = pathlib.Path(sys.executable).parent / "duckdb"
    version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout
    # As a user pastes it: options and quotes are the shell's to read.
    line = f"'{program}' {command.split(maxsplit=1)[1]} -csv -noheader -c \"$QUERY\""
    done = subprocess.run(["sh", "-c", line], check=True, capture_output=True, text=True, env={"QUERY": query})
    return f"shell {version.split()[0]}", list(csv.reader(io.StringIO(done.stdout)))


def by_r(command, query):
    script = f"{command}\nwrite.table(dbGetQuery(connection, \"{query}\"), sep = \",\", quote = FALSE, row.names = FALSE, col.names = FALSE)"
    done = subprocess.run(["Rscript", "-e", script], check=True, capture_output=True, text=True)
    return "R", list(csv.reader(io.StringIO(done.stdout)))


def has_r():
    if shutil.which("Rscript") is None:
        return False
    return subprocess.run(["Rscript", "-e", "library(duckdb)"], capture_output=True).returncode == 0


def plain(rows):
    """Rank, person and days, however a client writes a decimal."""
    return [(int(rank), person, f"{float(days):.4f}") for rank, person, days in rows]


def main():
    binary = pathlib.Path(sys.argv[1]).resolve()
    query = manual_query()
    with tempfile.TemporaryDirectory() as name:
        run = lambda *arguments: subprocess.run(
            [binary, *arguments], cwd=name, check=True, capture_output=True, text=True
        ).stdout
        run("demo", "--suspects", "500", "--db", DATABASE)
        as_of = re.search(r"date '(.*?)'", query)[1]
        listed = csv.DictReader(io.StringIO(run("report", "v100", "--as-of", as_of, "--format", "csv", "--db", DATABASE)))
        expected = plain((row["harm_rank"], row["person_id"], row["harm_days"]) for row in listed)
        assert len(expected) >= 100, f"{len(expected)} people listed"
        before = hashlib.sha256((pathlib.Path(name) / DATABASE).read_bytes()).hexdigest()
        for client, ask in [("python", by_python), ("duckdb", by_shell), ("r", by_r)]:
            if client == "r" and not has_r():
                print("R: the package is not here, not tried")
                continue
            command = run("sql", f"--open={client}", "--reason", "other clients", "--db", DATABASE)
            what, rows = ask(command.split("\n", 1)[1].strip(), query)
            assert plain(rows) == expected, f"{what} reads another list: {rows[:3]} where {expected[:3]} stand"
            after = hashlib.sha256((pathlib.Path(name) / DATABASE).read_bytes()).hexdigest()
            assert after == before, f"{what} changed the file"
            print(f"{what}: the same {len(rows)} people, the file untouched")
        opened = run("ledger", "show", "--format", "json", "--db", DATABASE).count("sql open")
        assert opened >= 2, f"{opened} openings in the ledger"


main()
