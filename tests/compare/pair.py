"""A folder for each of two programs, in which the same is done, and what is compared of it. Used by programs.py."""

import argparse
import collections
import concurrent.futures
import datetime
import io
import os
import re
import shutil
import subprocess
import zipfile

import duckdb

TODAY = "2026-07-20"
DATABASE = "harmrank.duckdb"
# Tables and columns that are not compared, with the reason.
LEFT_OUT = {
    ("harmrank_stamp", None): "which program made the SQL: version, and hashes of the SQL",
    ("load_batch", "adapter_hash"): "hash of the SQL of the adapter",
}
# What is blanked in every text.
OF_PROGRAM = [
    # SHA-256 of the SQL; of files and loads that name it; of lines of the ledger, which carry the time. The hash of an
    # index is that of its values, and stays.
    (re.compile(r'(?<!"index_hash": ")(?<!cchi-2020, )\b[0-9a-f]{64}\b'), "<hash>"),
    # Its beginning, beneath a list.
    (re.compile(r"(SQL\s+)[0-9a-f]{12}\b"), r"\1<hash>"),
    # What `sql --about` says of it goes by the size of the program and the processors there are.
    (re.compile(r"\d+ MB of address space"), "<some> MB of address space"),
]
# The end of the name of a kept run: when it was made, and drawn signs.
RUN = re.compile(r"-\d{14}-[0-9a-f]{8}")


def of_clock():
    """What is blanked in records of runs besides: moments of the clock of the machine, which nothing stops."""
    now = datetime.datetime.now(datetime.UTC)
    days = "|".join(str((now + datetime.timedelta(days=days)).date()) for days in (-1, 0, 1))
    return re.compile(rf"\b({days})[T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?")


class Tally:
    """What was compared, and what differs."""

    def __init__(self):
        self.compared = collections.Counter()
        self.different = 0
        self.added = set()

    def same(self, kind, what, old, new):
        """Counts a comparison; tells the first lines that differ."""
        self.compared[kind] += 1
        if old == new:
            return
        self.different += 1
        print(f"DIFFERENT {what}")
        old, new = old.splitlines(), new.splitlines()
        places = [place for place in range(max(len(old), len(new))) if old[place:place + 1] != new[place:place + 1]]
        for place in places[:3]:
            pair = [next(iter(side[place:place + 1]), "(no such line)") for side in (old, new)]
            begin = max(0, len(os.path.commonprefix(pair)) - 60)
            for side, line in zip(("old", "new"), pair):
                print(f"    {side} {place + 1:5}: {line[begin:begin + 180]}")
        print(f"    {len(places)} {'line differs' if len(places) == 1 else 'lines differ'}", flush=True)


TALLY = Tally()
OPTIONS = argparse.Namespace()
POOL = concurrent.futures.ThreadPoolExecutor(2)


def some(things, every=5):
    """All of them; with --quick every fifth, the first among them."""
    return list(things)[::every] if OPTIONS.quick else list(things)


def lines(things):
    return "\n".join(map(str, things))


class Pair:
    """A folder for each program, in which the same is done."""

    def __init__(self, name, like=None):
        self.name = name
        self.loads = 0
        self.folders = [OPTIONS.keep / side / name for side in ("old", "new")]
        TALLY.compared["inputs"] += 1
        # Names of kept runs have the time in them: they are known by the order in which they were met.
        self.runs = [dict(runs) for runs in like.runs] if like else [{}, {}]
        for side, folder in enumerate(self.folders):
            if like:
                shutil.copytree(like.folders[side], folder, symlinks=True)
                continue
            folder.mkdir(parents=True)
            # With a key of its own each, nothing kept under it could be compared.
            key = folder / DATABASE.replace(".duckdb", ".ledger.key")
            key.write_text("5d" * 32 + "\n")
            key.chmod(0o600)

    def write(self, name, data):
        for folder in self.folders:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())

    def one(self, side, arguments, environment=None, given=b""):
        """Runs one of the programs; an argument that is a pair has one value for each."""
        variables = {name: value for name, value in os.environ.items() if not name.startswith("HARMRANK_")}
        variables |= {"HARMRANK_TODAY": TODAY, "XDG_CACHE_HOME": str(OPTIONS.keep / "cache"), **(environment or {})}
        words = [word[side] if isinstance(word, tuple) else str(word) for word in arguments]
        # Both go by the same name, which stands in what they say of their use.
        return subprocess.run(
            ["harmrank", *words], executable=(OPTIONS.old, OPTIONS.new)[side], cwd=self.folders[side], input=given,
            env={name: value for name, value in variables.items() if value}, capture_output=True, timeout=3600,
        )

    def both(self, arguments, environment=None, given=b""):
        """Runs both programs at once."""
        return list(POOL.map(lambda side: self.one(side, arguments, environment, given), (0, 1)))

    def readable(self, data, side, clock):
        """Bytes as text to be compared: workbooks unpacked, hashes of the SQL, the folder and names of runs blanked."""
        if data[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                parts = [f"{name}\n{parts.read(name).decode()}" for name in sorted(parts.namelist())]
                data = "\n".join(parts).replace("><", ">\n<").encode()
        elif data[:4] in (b"PAR1", b"\xff\xff\xff\xff"):
            return data.decode("latin-1")
        text = data.decode("utf-8", "backslashreplace").replace(str(self.folders[side]), "<folder>")
        for pattern, words in OF_PROGRAM:
            text = pattern.sub(words, text)
        if clock:
            text = of_clock().sub("<moment>", text)
        runs = self.runs[side]
        return RUN.sub(lambda run: runs.setdefault(run[0], f"-<run {len(runs) + 1}>"), text)

    def run(self, *arguments, clock=False, env=None, given=b"", must=False):
        """Compares how both end and what they say; returns what they said on standard output."""
        ended = self.both(arguments, env, given)
        if must and ended[0].returncode != 0:
            raise SystemExit(f"{self.name}: {arguments}: the old program fails: {ended[0].stderr.decode()}")
        said = [
            f"exit {one.returncode}\n{self.readable(one.stdout, side, clock)}\n{self.readable(one.stderr, side, clock)}"
            for side, one in enumerate(ended)
        ]
        words = " ".join(word[0] if isinstance(word, tuple) else str(word) for word in arguments)
        TALLY.same("invocations", f"{self.name}: harmrank {words}", *said)
        return tuple(one.stdout.decode("utf-8", "replace").strip() for one in ended)

    def load(self, *arguments, must=True, **more):
        """Runs a command that may change the data, and compares all tables after it; counts the loads."""
        self.run(*arguments, must=must, **more)
        self.loads += must and arguments[0] == "load" and not {"--dry-run", "--protected"} & set(arguments)
        self.tables(" ".join(str(word) for word in arguments))

    def tables(self, after):
        """Compares all tables of the database, and of that of protected characteristics."""
        for name in (DATABASE, DATABASE.replace(".duckdb", ".protected.duckdb")):
            there = [str((folder / name).exists()) for folder in self.folders]
            TALLY.same("files", f"{self.name}: whether {name} is there after {after}", *there)
            if there == ["True", "True"]:
                self.tables_of(name, after)

    def tables_of(self, database, after):
        connection = duckdb.connect()
        held = []
        for side, folder in zip(("old", "new"), self.folders):
            connection.execute(f"attach '{folder / database}' as {side} (read_only)")
            tables = collections.defaultdict(dict)
            for table, column, kind in connection.execute(
                f"select table_name, column_name, data_type from duckdb_columns() inner join duckdb_tables()"
                f" using (database_name, table_name) where database_name = '{side}' order by column_index"
            ).fetchall():
                if (table, None) not in LEFT_OUT and (table, column) not in LEFT_OUT:
                    tables[table][column] = kind
            held.append(tables)
        old, new = held
        TALLY.added |= {f"table {table}" for table in new if table not in old}
        for table, columns in old.items():
            what = f"{self.name}: table {table} after {after}"
            TALLY.added |= {f"column {table}.{column}" for column in new[table] if column not in columns}
            kept = {column: kind for column, kind in new[table].items() if column in columns}
            if list(columns.items()) != list(kept.items()):
                TALLY.same("tables", f"{what}: columns", lines(columns.items()), lines(kept.items()))
                continue
            sides = [f"(select {', '.join(columns)} from {side}.main.{table})" for side in ("old", "new")]
            [is_same] = connection.execute(
                f"select (select count(*) from {sides[0]}) = (select count(*) from {sides[1]})"
                f" and not exists (from {sides[0]} except all from {sides[1]})"
            ).fetchone()
            first, second = [[], []] if is_same else [
                connection.execute(f"from {one} except all from {other} order by all").fetchall()
                for one, other in (sides, sides[::-1])
            ]
            # Rows of one side alone, and what stands in their columns.
            first, second = (rows and [tuple(columns), *rows] for rows in (first, second))
            TALLY.same("tables", what, lines(first), lines(second))
        connection.close()

    def tree(self, name):
        """Compares all files below a folder."""
        found = []
        for side, folder in enumerate(self.folders):
            paths = [folder / name] if (folder / name).is_file() else (folder / name).rglob("*")
            paths = sorted(path for path in paths if path.is_symlink() or path.is_file())
            bytes_of = lambda path: str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
            found.append({
                self.readable(str(path.relative_to(folder)).encode(), side, True): self.readable(bytes_of(path), side, True)
                for path in paths
            })
        TALLY.same("files", f"{self.name}: names in {name}", *("\n".join(files) for files in found))
        for file in sorted(found[0].keys() & found[1].keys()):
            TALLY.same("files", f"{self.name}: {file}", found[0][file], found[1][file])
