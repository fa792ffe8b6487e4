"""Two programs side by side: the same inputs for both, and everything that differs in what they make of them.

    python3 tests/compare/programs.py OLD NEW [--quick] [--only SECTION] [--keep DIR]

OLD and NEW are built binaries, of before and after a change that should change nothing. Needs the PyPI package duckdb
of the engine's version. After every load the tables of both databases are compared, rows in full; of every other
command exit code, standard output and standard error; of what is kept in folders every file. Prints each difference
and, at the end, what was compared; exit 1 where something differs. --quick takes a part of it, --only one section with
what it builds upon; --keep leaves the folders in DIR.
"""

import argparse
import datetime
import functools
import json
import pathlib
import shutil
import sys
import tempfile
import time

import duckdb

import extracts
from pair import DATABASE, LEFT_OUT, OPTIONS, TALLY, Pair, lines, some
from questions import (
    CHOICES, CRIMES, HELPED, MACROS, OF_COVERAGE, OF_RETENTION, PEOPLE, QUERIES, SAID, SCHEDULES, called, drawn, flags
)

FIXTURE = pathlib.Path(__file__).resolve().parents[1] / "fixture"
FORMATS = ["table", "csv", "tsv", "json", "jsonl", "markdown", "html", "xlsx", "parquet", "arrow"]
FORMS = ["table", "json"]
REPORTS = ["v100", "explain", "coverage", "conflicts", "outcomes", "reconciliation", "retention"]
CARRY = ["--carry", "officer,unit"]
WHOLE = ["--full", "2026-06-01..2026-06-30"]
COURT = ["--why", "court order"]

# The sections. Those that others build upon are made once.


def fresh(name):
    pair = Pair(name)
    pair.load("init")
    return pair


@functools.cache
def small():
    """A synthetic force of five hundred people."""
    pair = Pair("small")
    pair.load("demo", "--suspects", "500", "--db", DATABASE)
    return pair


@functools.cache
def default():
    """The synthetic force that the demo makes unless told otherwise."""
    pair = Pair("default")
    pair.load("demo", "--db", DATABASE)
    return pair


def demo():
    for pair in [small()] if OPTIONS.quick else [small(), default()]:
        pair.run("loads", "show", "1")


@functools.cache
def nibrs():
    """The NIBRS download, twice."""
    pair = fresh("nibrs")
    for form in FORMS:
        pair.load("load", FIXTURE / "nibrs", "--adapter", "nibrs", "--format", form)
    return pair


def files():
    """Nasty files and workbooks, each onto a database that holds one crime."""
    base = fresh("files")
    base.write("held.csv", "crime_id,code,reported_on,suspect_id,victim_id,victim_sex\nHELD1,19C,2026-05-01,HP1,HV1,F\n")
    base.load("load", "held.csv", "--extract-date", "2026-06-30")
    nasty = [path for path in sorted((FIXTURE / "nasty").iterdir()) if path.suffix != ".expected"]
    for number, path in enumerate(some(nasty + sorted((FIXTURE / "workbook").glob("*.xlsx")), 20)):
        pair = Pair(path.name, like=base)
        for folder in pair.folders:
            (shutil.copytree if path.is_dir() else shutil.copy)(path, folder / path.name)
        sheet = ["--sheet", "Extract"] if path.name == "second_sheet.xlsx" else []
        pair.load("load", path.name, "--extract-date", "2026-06-30", "--format", FORMS[number % 2], *sheet, must=False)


def write_lists(pair, texts, name):
    for what, text in texts.items():
        pair.write(f"{name}_{what}.csv", text)


def given(whats, name, day):
    return [*(word for what in whats for word in (f"--{what}", f"{name}_{what}.csv")), "--extract-date", f"2026-{day}"]


def account(pair):
    """What is told of the loads afterwards."""
    pair.run("loads", "list")
    pair.run("loads", "list", "--format", "json")
    for number in some(range(1, pair.loads + 2), 6):
        for form in FORMS:
            pair.run("loads", "show", number, "--format", form)


@functools.cache
def flat():
    """Flat extracts, corrected, outdated, complete and taken back; lists; a person restricted, one forgotten."""
    pair = fresh("flat")
    crimes = extracts.force(1)
    pair.write("first.csv", extracts.flat(crimes, 2))
    for seed, name in [(3, "second"), (5, "older"), (7, "whole"), (9, "third")]:
        pair.write(f"{name}.csv", extracts.flat(extracts.corrected(crimes, seed), seed + 1, 0 if name == "whole" else 0.08))
    write_lists(pair, extracts.LISTS, "first")
    write_lists(pair, extracts.LATER_LISTS, "later")
    listed = ["identities", "custody", "deaths", "actions", "exclusions"]
    pair.load("load", "first.csv", "--extract-date", "2026-06-30", *CARRY)
    if not OPTIONS.quick:
        pair.load("load", "first.csv", "--extract-date", "2026-06-30", "--format", "json")
        for form in FORMS:
            pair.load("load", "second.csv", "--extract-date", "2026-07-07", "--dry-run", "--format", form)
        pair.load("load", "second.csv", "--extract-date", "2026-07-07", "--format", "json")
        pair.load("load", "older.csv", "--extract-date", "2026-07-01", *CARRY)
        pair.load("load", "whole.csv", "--extract-date", "2026-07-10", *WHOLE)
        pair.load("loads", "undo", 2, must=False)
        pair.load("loads", "undo", 5)
        pair.load("loads", "undo", 3, "--with-later", "--format", "json")
    pair.load("load", "second.csv", "--extract-date", "2026-07-07", *CARRY)
    if not OPTIONS.quick:
        pair.load("load", "older.csv", "--extract-date", "2026-07-01", "--format", "json")
    pair.load("load", "whole.csv", "--extract-date", "2026-07-10", "--format", "json", *WHOLE)
    pair.load("load", *given(listed, "first", "07-12"))
    pair.load("load", *given(listed, "later", "07-14"), "--format", "json")
    pair.load("load", *given(["protected"], "first", "07-12"))
    if not OPTIONS.quick:
        pair.load("load", *given(listed, "first", "07-13"))
        pair.load("loads", "undo", pair.loads)
        pair.load("loads", "undo", pair.loads - 1)
        pair.load("load", *given(listed, "later", "07-14"))
        pair.load("load", *given(["protected"], "later", "07-14"))
        pair.load("load", *given(["protected"], "first", "07-13"))
        pair.load("loads", "undo", 3, "--protected")
        pair.run("loads", "list", "--protected")
        pair.load("restrict", "--person", "P06", "--why", "contested")
        for must in (True, False):
            pair.load("restrict", "--person", "P06", "--lift", "--why", "settled", must=must)
        pair.run("forget", "--person", "P09", *COURT, "--dry-run", "--format", "json")
    pair.load("restrict", "--person", "P05", "--why", "contested")
    pair.load("forget", "--person", "P09", *COURT)
    pair.load("loads", "undo", pair.loads, must=False)
    pair.load("load", "third.csv", "--extract-date", "2026-07-16", *CARRY)
    account(pair)
    return pair


def other_files(pair, crimes):
    """Merges in a circle, and the flat extract with other signs, names, encodings and formats."""
    pair.write("circle.csv", "person_id,is_person_id\nP01,P02\nP02,P01\n")
    pair.load("load", "--identities", "circle.csv", "--extract-date", "2026-07-09", must=False)
    extract = extracts.flat(extracts.corrected(crimes, 24, 20), 25)
    pair.write("other.csv", extract.replace("crime_id", "Crime Ref", 1).replace(",", "\t"))
    pair.load("load", "other.csv", "--map", "Crime Ref=crime_id", "--extract-date", "2026-07-10", must=False)
    pair.run("adapter", "new", "other.csv")
    pair.write("latin.csv", extract.encode("latin-1", "replace"))
    pair.load("load", "latin.csv", "--encoding", "latin-1", "--extract-date", "2026-07-11", must=False)
    pair.write("plain.csv", extract)
    for ending, option in [("json", "array true"), ("jsonl", "format json"), ("parquet", "format parquet")]:
        rows = f"from read_csv('{pair.folders[0]}/plain.csv', all_varchar = true, null_padding = true)"
        duckdb.execute(f"copy ({rows}) to '{pair.folders[0]}/plain.{ending}' ({option})")
        shutil.copy(pair.folders[0] / f"plain.{ending}", pair.folders[1])
        pair.load("load", f"plain.{ending}", "--extract-date", "2026-07-12", must=False)


@functools.cache
def tables():
    """The same as tables, all together, alone, corrected; merges as clusters; other files and names of columns."""
    pair = fresh("tables")
    crimes = extracts.force(21)
    four = ["crimes", "suspects", "victims", "persons"]
    for name, said, more in [
        ("first", crimes, extracts.LISTS), ("later", extracts.corrected(crimes, 22), extracts.LATER_LISTS)
    ]:
        write_lists(pair, extracts.tables(said, 23) | more, name)
    for form in some(FORMS):
        pair.load("load", *given(four, "first", "06-30"), "--format", form)
    for what in some(four[::-1], 2):
        pair.load("load", *given([what], "later", "07-07"), "--format", "json")
    if not OPTIONS.quick:
        pair.load("load", *given(["clusters", "custody"], "first", "07-07"))
        pair.load("load", *given(["identities"], "first", "07-08"))
        pair.load("load", *given(["deaths", "actions"], "first", "07-08"), "--dry-run")
        pair.load("load", *given(["deaths", "actions"], "first", "07-08"))
        pair.load("load", *given(["suspects"], "first", "07-01"))
        pair.load("loads", "undo", 7, "--with-later")
        pair.load("load", "--suspects", "first_suspects.csv", must=False)
    pair.load("load", *given(["identities", "custody", "exclusions"], "first", "07-09"))
    if not OPTIONS.quick:
        other_files(pair, crimes)
    account(pair)
    return pair


def reports():
    """Every report in every format, at every choice of every parameter and at several together."""
    pair = flat()
    # An explanation is of somebody; the rest needs nothing.
    asked = lambda report, person="P03": [report, "--person", person] if report == "explain" else [report]
    for report in some(REPORTS, 3):
        for form in some(FORMATS, 3):
            pair.run("report", *asked(report), "--format", form)
    for form, more in some([("csv", "--raw"), ("csv", "--bom"), ("xlsx", "--raw"), ("tsv", "--bom")]):
        pair.run("report", "explain", "--crime", "C0001", *CARRY, "--format", form, more)
    singles = [{name: value} for name, values in CHOICES.items() for value in [*values, "-30d"][:len(values) + (name == "as-of")]]
    for number, question in enumerate(some(singles)):
        pair.run("report", "v100", *flags(question), "--format", ("json", "table")[number % 4 == 0])
    for question in some(drawn(1, 25), 8):
        pair.run("report", "v100", *flags(question), "--format", "json")
    for person in some(PEOPLE, 4):
        pair.run("report", "explain", "--person", person, "--format", "json")
    for person, question in some(zip(PEOPLE * 2, drawn(2, 20)), 8):
        pair.run("report", "explain", "--person", person, *flags(question))
    for crime in some(CRIMES):
        pair.run("report", "explain", "--crime", crime, "--scope", "all")
    for question in some(drawn(3, 8, OF_COVERAGE | {"show": ["open", "all"]})):
        pair.run("report", "coverage", *flags(question), "--format", "json")
    for question in some(drawn(4, 6, OF_RETENTION)):
        pair.run("report", "retention", *flags(question), "--format", "csv")
    for until in some(["2026-05-31", "2025-12-31", "month-start"]):
        pair.run("report", "reconciliation", "--until", until)
    for other, person in some([(tables(), "P03"), (small(), "P00004160"), (nibrs(), "P03")]):
        for report in some(REPORTS):
            other.run("report", *asked(report, person), "--format", "json")
        for question in some(drawn(5, 4)):
            other.run("report", "v100", *flags(question), "--format", "csv")
    for form in [] if OPTIONS.quick else FORMATS:
        default().run("report", "v100", "--scope", "all", "--format", form)
    for question in [] if OPTIONS.quick else [*drawn(6, 6), {"limit": "100000", "scope": "all"}]:
        default().run("report", "v100", *flags(question), "--format", "json")
    for wrong in some([["v100", "--limit", "0", "--scope", "vwag"], ["v10"], ["explain"], ["v100", "--as-of", "31/02/2026"]]):
        for errors in ("text", "json"):
            pair.run("report", *wrong, "--errors", errors)


def macros():
    """The macros called by a stock client; columns that are new are listed."""
    for pair, count in [(flat(), 30), (small(), 10)]:
        sides = [duckdb.connect(str(folder / DATABASE), read_only=True) for folder in pair.folders]
        for macro, choices in MACROS.items():
            for question in [{}, *some(drawn(7, count, choices))]:
                call = called(macro, question)
                old, new = ([row[0] for row in side.execute(f"describe {call}").fetchall()] for side in sides)
                TALLY.added |= {f"column {macro}.{column}" for column in new if column not in old}
                columns = ", ".join(old) if set(old) <= set(new) else "*"
                rows = [lines(side.execute(f"select {columns} {call} order by all").fetchall()) for side in sides]
                TALLY.same("queries", f"{pair.name}: {call}", *rows)
        for side in sides:
            side.close()


def sql():
    """Questions in SQL, those a user might try and should not among them."""
    pair = flat()
    for number, query in enumerate(some(QUERIES)):
        pair.run("sql", query, "--format", FORMATS[number % 8])
    pair.write("question.sql", "select code, count(*) as crimes from crime\nwhere reported_on >= $from group by all order by all;")
    for more in some([["--param", "from=2026-01-01"], ["--param", "from:text=x"], []], 3):
        pair.run("sql", "-f", "question.sql", *more, "--limit", "7", "--format", "csv")
    for more, question in [(["-"], b"select 1 as a; from custody order by all"), ([], b"select 1 as a;\n.describe crime\n")]:
        pair.run("sql", *more, given=question)
    attempts = [line.split(" | ")[:2] for line in (FIXTURE / "sql_attempts.txt").read_text().splitlines()]
    tried = [attempt[1] for attempt in attempts if attempt[0] in ("allowed", "refused", "fails")][::3]
    for query in some(query for query in tried if "{" not in query and "explain" not in query)[:: 3 if OPTIONS.quick else 1]:
        pair.run("sql", query)


def runs():
    """Runs kept, shown, run again and compared; files with a manifest; what followed; a person forgotten after it."""
    pair = Pair("runs", like=flat())
    kept = []

    def keep(report, *more):
        kept.append(pair.run("report", report, *more, "--archive", clock=True, must=True))
        time.sleep(1)  # Their names tell them apart by the second.

    def shown():
        for form in FORMS:
            pair.run("runs", "list", "--format", form, clock=True)
            for run in some(kept):
                pair.run("runs", "show", run, "--format", form, clock=True)
                pair.run("runs", "verify", run, "--format", form, clock=True)
        pair.tree("harmrank-runs")

    keep("v100", "--limit", "5", "--as-of", "2026-06-10", "--deep")
    for more in some([["coverage"], ["explain", "--person", "P03"]]):
        keep(*more)
    pair.write("fourth.csv", extracts.flat(extracts.corrected(extracts.force(1), 31), 32, 0))
    pair.load("load", "fourth.csv", "--extract-date", "2026-07-18")
    keep("v100", "--limit", "5", "--as-of", "2026-06-12")
    keep("v100", "--limit", "5", "--as-of", "2026-06-12", "--scope", "all")
    pair.run("runs", "adopt", kept[0], "--role", "panel", "--note", "worked", clock=True)
    for name, more in [("list.xlsx", []), ("list.md", ["--reason", "about P03", "--recipient", "panel"])]:
        pair.run("report", "v100", "--limit", "9", "-o", name, *more, clock=True)
        pair.tree(name)
        pair.tree(f"{name}.manifest.json")
    shown()
    for form in some(FORMATS[:8], 8):
        pair.run("runs", "diff", kept[0], kept[-2], "--format", form, clock=True)
        pair.run("report", "outcomes", "--format", form, clock=True)
    for more in some([["diff", "--since", "last"], ["verify", "list.md"], ["diff", kept[-1], "list.md"], ["show", "none"],
                      ["verify", kept[0], "--deep"]]):
        pair.run("runs", *more, clock=True)
    pair.run("report", "outcomes", "--run", kept[0], "--band", "2", clock=True)
    pair.load("forget", "--person", "P03", *COURT, "--format", "json", clock=True)
    shown()


def schedule():
    """Lists of several Mondays, the data of each week loaded before it."""
    pair = fresh("schedule")
    pair.write("schedules.toml", SCHEDULES)
    crimes = extracts.force(41)
    for week in range(2 if OPTIONS.quick else 4):
        monday = datetime.date(2026, 7, 6) + datetime.timedelta(days=7 * week)
        on = {"clock": True, "env": {"HARMRANK_TODAY": "", "HARMRANK_NOW": f"{monday}T06:30:00Z"}}
        # One week comes to nothing, and one late.
        if week != 3:
            said = extracts.corrected(crimes, 50 + week, 20) if week else crimes
            pair.write("extract.csv", extracts.flat(said, 60 + week, 0))
            day = monday - datetime.timedelta(days=5 if week == 2 else 1)
            pair.load("load", "extract.csv", "--extract-date", day, **on)
        for more in some([["run", "--dry-run"], ["run"], ["run"]], 2):
            pair.run("schedule", *more, **on)
        for form in some(FORMS):
            pair.run("schedule", "status", "--fresh", "8d", "--format", form, **on)
            pair.run("schedule", "list", "--format", form, **on)
    for more in some([["--period", "2026-W27", "--again"], ["--period", "2026-W20"], ["--period", "2027-W01"]]):
        pair.run("schedule", "run", "top", *more, **on)
    pair.run("runs", "verify", "lists/top/2026-W27", **on)
    pair.run("report", "outcomes", **on)
    pair.tree("lists")
    if not OPTIONS.quick:
        pair.load("forget", "--person", "P01", *COURT, **on)
        pair.tree("lists")
    pair.write("schedules.toml", SCHEDULES.replace("weekly", "hourly", 1).replace("v100", "v10"))
    pair.run("schedule", "validate", **on)
    told(pair)


def told(pair):
    """What the ledger says of everything done in a folder."""
    for more in [["--format", "jsonl"], ["--person", "P01"], ["--person", "P03", "--format", "csv"], ["--crime", "C0001"]]:
        pair.run("ledger", "show", *more, clock=True)
    for form in FORMS:
        pair.run("ledger", "verify", "--format", form, clock=True)
    pair.tree("harmrank.ledger")


def ledger():
    """What is written down of all that was asked."""
    for pair in [flat(), tables(), nibrs()]:
        told(pair)


def upgrade():
    """A database of the old program brought up by the new one, with a run kept in it; only the old makes it."""
    pair = Pair("upgrade", like=flat())
    old, new = pair.folders
    run = pair.one(0, ["report", "v100", "--limit", "7", "--archive"]).stdout.decode().strip()
    shutil.rmtree(new)
    shutil.copytree(old, new, symlinks=True)
    pair.both(["upgrade"])
    pair.tables("the upgrade")
    for more in [["v100", "--limit", "20"], ["v100", "--scope", "all", "--known-on", "2026-07-07"], ["explain", "--person", "P03"]]:
        pair.run("report", *more, "--format", "json")
    verdicts = [json.loads(ended.stdout) for ended in pair.both(["runs", "verify", run, "--format", "json"])]
    TALLY.same("queries", "upgrade: rows of a kept run", *(str(one["are_rows_identical"]) for one in verdicts))
    pair.write("fifth.csv", extracts.flat(extracts.corrected(extracts.force(1), 33), 34))
    pair.load("load", "third.csv", "--extract-date", "2026-07-16", *CARRY)
    pair.load("load", "fifth.csv", "--extract-date", "2026-07-18", "--format", "json")
    pair.load("loads", "undo", flat().loads + 2)


def texts():
    """Help, lists of what there is, SQL that is shown, and wrong use."""
    pair = fresh("texts")
    for words in some(HELPED):
        pair.run(*words.split(), "--help")
    for words in some(SAID):
        pair.run(*words.split(), clock=True)
    for report in some(REPORTS):
        for form in ("file", "prepare"):
            pair.run("reports", "show", report, "--as", form)
    # SQL that is printed may be other SQL: what counts is what a stock client reads with it.
    for more in some([[], ["--scope", "all", "--limit", "7"], ["--known-on", "2026-07-07"]]):
        rows = []
        printed = flat().both(["report", "v100", *more, "--print-sql"])
        for ended, folder in zip(printed, flat().folders):
            with duckdb.connect(str(folder / DATABASE), read_only=True) as client:
                found = [client.execute(one).fetchall() for one in client.extract_statements(ended.stdout.decode())]
                rows.append("\n\n".join(map(lines, found)))
        TALLY.same("queries", f"flat: report v100 {' '.join(more)} --print-sql, run by a stock client", *rows)


SECTIONS = [demo, nibrs, files, flat, tables, reports, macros, sql, runs, schedule, ledger, upgrade, texts]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("old", type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("new", type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", metavar="SECTION", choices=[section.__name__ for section in SECTIONS])
    parser.add_argument("--keep", metavar="DIR", type=pathlib.Path)
    parser.parse_args(namespace=OPTIONS)
    with tempfile.TemporaryDirectory(prefix="harmrank-compare-") as folder:
        OPTIONS.keep = (OPTIONS.keep or pathlib.Path(folder)).resolve()
        for section in SECTIONS:
            if OPTIONS.only in (None, section.__name__):
                begun, before = time.monotonic(), TALLY.compared.total()
                section()
                seconds = time.monotonic() - begun
                print(f"{section.__name__}: {TALLY.compared.total() - before} compared in {seconds:.0f} s", flush=True)
    for one in sorted(TALLY.added):
        print(f"new alone has {one}")
    for (table, column), why in LEFT_OUT.items():
        print(f"left out: {table}{f'.{column}' if column else ''}, {why}")
    print(", ".join(f"{count} {kind}" for kind, count in TALLY.compared.items()))
    print(f"{TALLY.compared.total()} compared, {TALLY.different} different")
    return 1 if TALLY.different else 0


if __name__ == "__main__":
    sys.exit(main())
