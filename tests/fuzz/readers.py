"""Mutates valid extracts and checks what must hold whatever a file holds.

    python3 tests/fuzz/readers.py --harmrank target/release/harmrank --seconds 60 [--seed N] [--keep FOLDER]

Checked: the program ends with 0, 1 or 2 and never by panic or signal; what is loaded balances, and a second
time is all unchanged or refused; what is not loaded leaves the database as it was, byte for byte; a failure
says something. And, in every other run: the same facts in every format and spelling give the same tables, or
a warning, see facts.py; `--only facts` runs that alone. Standard library only.
"""

import argparse
import codecs
import gzip
import hashlib
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

import facts

HERE = pathlib.Path(__file__).resolve().parent
HEAD = "crime_id,code,reported_on,area,suspect_id,suspect_sex,suspect_birth,suspect_age,victim_id,victim_sex"


def csv_extract(dice):
    """A small valid extract as text."""
    mark = dice.choice(",,,;\t|")
    end = dice.choice(["\n", "\n", "\r\n", "\r"])
    rows = [HEAD.split(",")]
    for row in range(dice.randint(1, 12)):
        area = dice.choice(["Bow", "Café", "a\nb", 'the "Rose"', "5\" x", "", "O\u2019Neil", mark + "x"])
        rows.append([
            f"C{row // 2}", dice.choice(["8N", "19C", "105A"]) if row % 2 == 0 else "", "2026-06-01", area,
            f"P{dice.randint(0, 9)}", "M", "1990-04", "", f"V{row}", "F",
        ])
        if row % 2:
            rows[-1][1] = rows[-2][1]
    quote = dice.random() < 0.3

    def field(text):
        if quote or any(sign in text for sign in (mark, '"', "\n", "\r")):
            return '"' + text.replace('"', '""') + '"'
        return text

    return "".join(mark.join(map(field, row)) + end for row in rows)


def make(dice):
    """A valid extract: the name of its file and its bytes."""
    form = dice.random()
    if form < 0.1:
        return "extract.xlsx", (HERE.parent / "fixture/workbook/plain.xlsx").read_bytes()
    if form < 0.25:
        objects = [
            {"crime_id": f"C{row}", "code": "8N", "reported_on": "2026-06-01", "suspect_id": row, "area": "Café"}
            for row in range(dice.randint(1, 6))
        ]
        if dice.random() < 0.5:
            return "extract.json", json.dumps(objects, ensure_ascii=dice.random() < 0.5, indent=1).encode()
        return "extract.jsonl", "".join(json.dumps(row) + "\n" for row in objects).encode()
    text = csv_extract(dice)
    encoding = dice.choice(["utf-8"] * 5 + ["cp1252", "utf-16", "utf-8-sig", "utf-16-le"])
    data = codecs.encode(text, encoding)
    if form > 0.9:
        return "extract.csv.gz", gzip.compress(data, mtime=0)
    return "extract.csv", data


def mutate(data, dice):
    """The bytes with a few slips."""
    data = bytearray(data)
    for _ in range(dice.choice([0, 1, 1, 2, 3, 8])):
        place = dice.randint(0, len(data))
        slip = dice.randint(0, 7)
        if slip == 0 and data:
            data[place % len(data)] ^= 1 << dice.randint(0, 7)
        elif slip == 1:
            data[place:] = b""
        elif slip == 2:
            data[place:place] = dice.choice([b'"', b"'", b'""', b'"\n', b',"'])
        elif slip == 3:
            data[place:place] = dice.choice([b"\n", b"\r", b"\r\n", b"\n\n", b"\0", b"\x0b", b"\xc2\xa0"])
        elif slip == 4:
            data[place:place] = dice.choice([b",", b";", b"\t", b"|", b",,,,", b"{", b"}", b"[", b"]", b":"])
        elif slip == 5:
            data[place:place] = dice.choice([b"\xe9", b"\x92", b"\x81", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3\xa9"])
        elif slip == 6:
            other = dice.randint(0, len(data))
            data[place:place] = data[min(place, other):max(place, other)][:400]
        else:
            other = min(len(data), place + dice.randint(1, 30))
            del data[place:other]
    return bytes(data)


class Desk:
    """A folder with a database that holds one crime."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.fresh = folder / "fresh.duckdb"
        self.empty = folder / "empty.duckdb"
        self.run("init", "--db", str(self.empty))
        self.db = folder / "harmrank.duckdb"
        self.run("init", "--db", str(self.fresh))
        (folder / "held.csv").write_text("crime_id,code,reported_on\nHELD1,19C,2026-05-01\n")
        self.run("load", "held.csv", "--db", str(self.fresh), "--extract-date", "2026-06-30")

    def start_empty(self):
        """Begins with nothing held."""
        shutil.copy(self.empty, self.db)

    def run(self, *arguments, **surroundings):
        """Runs the program: exit code, standard output, standard error."""
        surroundings = dict(os.environ, HARMRANK_TODAY="2026-07-01", **surroundings)
        done = subprocess.run(
            [self.program, *arguments], cwd=self.folder, env=surroundings, capture_output=True, timeout=120,
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def wrong(self, name):
        """What does not hold after a file was loaded, or None."""
        shutil.copy(self.fresh, self.db)
        call = ("load", name, "--extract-date", "2026-06-30", "--format", "json", "--threads", "1")
        code, out, err = self.run(*call)
        if code not in (0, 1, 2):
            return f"exit {code}: {err[-400:]}"
        if any(entry.startswith(".") for entry in os.listdir(self.folder)):
            return "something was left beside the database"
        if code != 0:
            same = hashlib.sha256(self.db.read_bytes()).digest() == hashlib.sha256(self.fresh.read_bytes()).digest()
            if not same:
                return "refused, and the database changed"
            if "INTERNAL" in err or "panicked" in err:
                return f"said: {err[-400:]}"
            return None if err.startswith("harmrank: ") else f"refused without a word: {err!r}"
        account = json.loads(out)
        parts = ["rows_new", "rows_replaced", "rows_unchanged", "rows_outdated", "rows_refused"]
        if account["rows_in"] != sum(account[part] for part in parts):
            return f"does not balance: {account}"
        code, out, err = self.run(*call)
        if code != 0:
            return f"a second time: exit {code}: {err[-400:]}"
        again = json.loads(out)
        if again["rows_unchanged"] + again["rows_refused"] != again["rows_in"]:
            return f"a second time it is not unchanged: {again}"
        if again["rows_in"] != account["rows_in"] or again["rows_refused"] != account["rows_refused"]:
            return f"a second time it reads otherwise: {account} {again}"
        return None


def main():
    """Runs for as long as asked; exit 1 where something did not hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--harmrank", required=True)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--only", choices=["damage", "facts"])
    asked = parser.parse_args()
    found = runs = 0
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="harmrank-fuzz-") as folder:
        desk = Desk(os.path.abspath(asked.harmrank), pathlib.Path(folder))
        while time.monotonic() - begun < asked.seconds:
            dice = random.Random(f"{asked.seed}-{runs}")
            of_facts = runs % 2 == 1 if asked.only is None else asked.only == "facts"
            last = ["", b""]
            if of_facts:
                wrong = facts.wrong(desk, dice, lambda name, data, last=last: last.__setitem__(slice(None), [name, data]))
            else:
                name, data = make(dice)
                last = [name, mutate(data, dice)]
                path = desk.folder / name
                path.write_bytes(last[1])
                wrong = desk.wrong(name)
                path.unlink()
            runs += 1
            if wrong:
                found += 1
                print(f"seed {asked.seed} run {runs - 1}, {last[0]}: {wrong}", flush=True)
                if asked.keep:
                    asked.keep.mkdir(exist_ok=True)
                    (asked.keep / f"{asked.seed}_{runs - 1}_{last[0]}").write_bytes(last[1])
    print(f"{runs} files, {found} found wrong")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
