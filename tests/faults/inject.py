#!/usr/bin/env python3
"""Fails the n-th system call of a verb, or kills it there, for many n, and checks what it leaves behind.

    python3 tests/faults/inject.py PROGRAM [--points N] [--only VERB]

Needs strace and the Python package duckdb. After each point
- the database opens, and its tables are exactly as before the verb or as after it; of an erasure, which goes in steps,
  each table is, and the same command again completes it;
- exit 0 means as after; the words "nothing was changed" mean as before;
- no file is there that is neither before nor after, once the next command has begun;
- no file that was there is cut short: each is byte for byte as before or as after, or is the database or the ledger.
"""

import argparse
import hashlib
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import duckdb

DATABASE = "harmrank.duckdb"
KINDS = {
    # System calls, and what becomes of the n-th and, with a plus, of every later one.
    "full disk": ("write,pwrite64,writev,pwritev2,ftruncate", "error=ENOSPC", "+"),
    "write error": ("write,pwrite64,writev", "error=EIO", ""),
    "sync error": ("fsync,fdatasync,sync_file_range", "error=EIO", ""),
    "rename refused": ("rename,renameat,renameat2,link,linkat", "error=EACCES", ""),
    "open refused": ("openat,open,creat", "error=EACCES", ""),
    "removal refused": ("unlink,unlinkat,rmdir", "error=EACCES", ""),
    "killed at a write": ("write,pwrite64,fsync,rename,renameat,renameat2,unlink,unlinkat", "signal=KILL", ""),
}
EXTRACT = """crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex
C1,19C,2026-06-01,P1,M,1990,V1,F
C2,8N,2026-06-02,P1,M,1990,V2,F
C3,8N,2026-06-03,P2,M,1980,V2,F
"""
LATER = EXTRACT.replace("8N", "19C") + "C4,8N,2026-06-09,P3,M,1985,V3,F\n"
SCHEDULES = """[schedule.weekly]
report = "v100"
period = "weekly"
on = "monday"
formats = ["csv", "json"]
"""
COURT = ["--why", "ordered by the court"]


def verbs():
    """Name of a verb, what is done before it, and its arguments; {run} is the id of a kept run."""
    archived = [["report", "v100", "--archive"]]
    return {
        "load": ([], ["load", "later.csv", "--extract-date", "2026-06-10"]),
        "undo": ([["load", "later.csv", "--extract-date", "2026-06-10"]], ["loads", "undo", "2"]),
        "forget": (archived, ["forget", "--person", "P1", *COURT]),
        "restrict": ([], ["restrict", "--person", "P1", "--why", "accuracy contested"]),
        "report -o": ([], ["report", "v100", "-o", "list.csv"]),
        "archive": ([], ["report", "v100", "--archive"]),
        "schedule": ([], ["schedule", "run", "weekly", "--period", "2026-W22"]),
    }


class Place:
    """A folder with a database and the extracts."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def run(self, *arguments, before=()):
        command = [*before, str(self.program), *arguments]
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(self.folder / ".home"), "HARMRANK_TODAY": "2026-06-15"}
        for name in ("LD_LIBRARY_PATH",):
            environment[name] = OPTIONS.library
        return subprocess.run(
            command, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300
        )

    def copy(self, folder):
        shutil.copytree(self.folder, folder, symlinks=True)
        return Place(self.program, folder)

    def tables(self):
        """A digest of each table, whatever the order of its rows."""
        with duckdb.connect(str(self.folder / DATABASE), read_only=True) as connection:
            names = connection.execute("select table_name from duckdb_tables() where not internal order by 1").fetchall()
            digests = {}
            for (name,) in names:
                rows = connection.execute(f'select columns(*)::varchar from "{name}"').fetchall()
                # When a load was made, and where from, is another every time.
                lines = sorted(repr(tuple(cell for cell in row if not is_moment(cell))) for row in rows)
                digests[name] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
            return digests

    def files(self):
        """Every file but those that differ with every call: the database, the ledger, what is written of a moment."""
        found = {}
        for path in sorted(self.folder.rglob("*")):
            name = str(path.relative_to(self.folder))
            if path.is_file() and not name.startswith((DATABASE, "harmrank.ledger", ".home")):
                found[shape(name)] = path.read_bytes()
        return found


def is_moment(cell):
    return isinstance(cell, str) and re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", cell)


def shape(name):
    """The name of a file without what is drawn anew each time: the id of a run."""
    return re.sub(r"\d{8}T\d{6}Z?-[0-9a-z-]+|[0-9a-f]{8,}", "ID", name)


def counted(place, calls, arguments):
    """The most of these calls that one thread makes."""
    log = place.folder.parent / "calls"
    place.run(*arguments, before=["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={calls}"])
    by_thread = {}
    for line in log.read_text(errors="replace").splitlines():
        thread = line.split(" ", 1)[0]
        by_thread[thread] = by_thread.get(thread, 0) + (") = " in line or "unfinished" in line)
    return max(by_thread.values(), default=0)


def spread(count, points):
    """So many numbers from 1 to a count, both ends among them."""
    if count <= points:
        return range(1, count + 1)
    return sorted({1 + round(number * (count - 1) / (points - 1)) for number in range(points)})


def untrue(outcome, tables, tables_before):
    """What the message claims and is not so."""
    is_untrue = "nothing was changed" in outcome.stderr and tables != tables_before
    return ["said that nothing was changed, but something was"] if is_untrue else []


def problems(place, arguments, before, after, outcome):
    """What is not as it should be after one point."""
    tables_before, files_before = before
    tables_after, files_after = after
    found = []
    # The next load or erasure removes what a killed one left; this one finds nobody.
    place.run("forget", "--person", "nobody", "--dry-run", *COURT)
    opened = place.run("sql", "select count(*) as n from crime", "--format", "csv")
    if opened.returncode != 0:
        return [f"the database does not open: {opened.stderr.strip()}"]
    tables = place.tables()
    is_stepwise = arguments[0] == "forget" and outcome.returncode != 0
    if is_stepwise and all(tables[name] in (tables_before.get(name), tables_after.get(name)) for name in tables):
        again = place.run(*arguments)
        if again.returncode != 0 or place.tables() != tables_after:
            found.append(f"the same command again does not complete it: {again.stderr.strip()[:200]}")
        return found + untrue(outcome, tables, tables_before)
    if tables not in (tables_before, tables_after):
        wrong = [name for name in tables if tables[name] not in (tables_before.get(name), tables_after.get(name))]
        found.append(f"tables neither before nor after: {wrong or 'some before and some after'}")
    if outcome.returncode == 0 and tables != tables_after:
        found.append("exit 0, but not done")
    found += untrue(outcome, tables, tables_before)
    for name, bytes_of_it in place.files().items():
        known = [files[name] for files in (files_before, files_after) if name in files]
        if not known:
            found.append(f"left behind: {name}")
        elif bytes_of_it not in known and "ID" not in name and "manifest" not in name and len(bytes_of_it) < min(map(len, known)):
            found.append(f"cut short: {name}")
    # The engine ends the process where it may not open a file that it has open already.
    if outcome.returncode not in (0, 1, 2, 3, 5, 130, -9, 137) and "INTERNAL" not in outcome.stderr:
        found.append(f"exit {outcome.returncode}: {outcome.stderr.strip()[:200]}")
    return found


def verb(name, base, steps, arguments, root):
    """Tries every kind of fault at many points of one verb; the number tried and what was wrong."""
    ready = base.copy(root / "ready")
    for step in steps:
        assert ready.run(*step).returncode == 0, step
    before = (ready.tables(), ready.files())
    done = ready.copy(root / "done")
    outcome = done.run(*arguments)
    assert outcome.returncode == 0, (name, outcome.stderr)
    after = (done.tables(), done.files())
    tried, wrong = 0, []
    for kind, (calls, fault, onwards) in KINDS.items():
        counting = ready.copy(root / "counting")
        count = counted(counting, calls, arguments)
        shutil.rmtree(counting.folder)
        for point in spread(count, OPTIONS.points):
            place = ready.copy(root / "place")
            inject = f"inject={calls}:{fault}:when={point}{onwards}"
            outcome = place.run(
                *arguments, before=["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}", "-e", inject]
            )
            tried += 1
            for problem in problems(place, arguments, before, after, outcome):
                wrong.append(f"{name}, {kind} {point} of {count}: {problem}")
            shutil.rmtree(place.folder)
    for folder in (ready.folder, done.folder):
        shutil.rmtree(folder)
    return tried, wrong


def main():
    program = pathlib.Path(OPTIONS.program).resolve()
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        base = Place(program, root / "base")
        base.folder.mkdir()
        (base.folder / ".home").mkdir()
        for name, text in [("extract.csv", EXTRACT), ("later.csv", LATER), ("schedules.toml", SCHEDULES)]:
            (base.folder / name).write_text(text)
        for step in [["init"], ["load", "extract.csv", "--extract-date", "2026-06-05"]]:
            outcome = base.run(*step)
            assert outcome.returncode == 0, outcome.stderr
        all_wrong = []
        for name, (steps, arguments) in verbs().items():
            if OPTIONS.only in (None, name):
                tried, wrong = verb(name, base, steps, arguments, root)
                print(f"{name:<10} {tried} points, {len(wrong)} wrong", flush=True)
                for line in wrong:
                    print(f"  {line}")
                all_wrong += wrong
    return 1 if all_wrong else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--points", type=int, default=12, help="points of each kind of fault and verb")
    parser.add_argument("--only", help="one verb")
    parser.add_argument("--library", default="", help="folder of a shared engine that the program is linked with")
    OPTIONS = parser.parse_args()
    sys.exit(main())
