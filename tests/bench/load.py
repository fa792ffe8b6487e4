"""Loads against the engine's bare insert of the same files: flat, by tables, and a weekly increment.

    python3 tests/bench/load.py HARMRANK [ROWS]

HARMRANK is the built binary. Needs the PyPI package duckdb of the engine's version. The rows are invented.
Prints seconds and their ratio to the bare insert in the same run.
"""

import datetime
import pathlib
import random
import subprocess
import sys
import tempfile
import time

import duckdb

CODES = ["8N", "105A", "8L", "19C", "20A", "8Q", "3B", "8R", "58D", "NFS"]
FIRST = datetime.date(2023, 7, 1)
CRIME = "crime_id,code,reported_on,committed_from_on,status,detected_by,is_domestic,borough,bcu"
FLAT = CRIME + ",suspect_id,suspect_sex,suspect_birth,suspect_status,named_by,victim_id,victim_sex,victim_age"


def rows(count):
    """Rows of crime, suspect and victim: three tuples of text each."""
    draw = random.Random(5)
    for number in range(count):
        on = FIRST + datetime.timedelta(days=draw.randrange(1096))
        person, harmed = draw.randrange(count // 5 + 1), draw.randrange(count // 2 + 1)
        crime = (
            f"CR{number:08d}", draw.choice(CODES), str(on), str(on), "recorded", "victim",
            draw.choice(["yes", "no"]), "Hackney", "Central East",
        )
        suspect = (f"P{person:07d}", "M", f"{1950 + person % 50}-0{1 + person % 9}", "named", "victim")
        victim = (f"V{harmed:07d}", "FFFFM"[harmed % 5], str(18 + person % 60))
        yield crime, suspect, victim


def write_flat(path, count):
    with open(path, "w", encoding="utf-8") as file:
        file.write(FLAT + "\n")
        for crime, suspect, victim in rows(count):
            file.write(",".join(crime + suspect + victim) + "\n")


def write_week(path, flat):
    """A week's extract: 100,000 crimes of the last months, one in ten with a new status, and 20,000 new ones."""
    with open(flat, encoding="utf-8") as file:
        header, *known = file.read().splitlines()
    known.sort(key=lambda line: line.split(",")[2])
    with open(path, "w", encoding="utf-8") as file:
        file.write(header + "\n")
        for number, line in enumerate(known[-100_000:]):
            file.write((line.replace(",named,", ",charged,") if number % 10 == 0 else line) + "\n")
        for line in known[-20_000:]:
            file.write(line.replace("CR", "CN", 1) + "\n")


def write_tables(folder, count):
    persons = {}
    with (
        open(folder / "crimes.csv", "w", encoding="utf-8") as crimes,
        open(folder / "suspects.csv", "w", encoding="utf-8") as suspects,
        open(folder / "victims.csv", "w", encoding="utf-8") as victims,
    ):
        crimes.write(CRIME + "\n")
        suspects.write("crime_id,person_id,status,named_by\n")
        victims.write("crime_id,person_id,age\n")
        for crime, suspect, victim in rows(count):
            crimes.write(",".join(crime) + "\n")
            suspects.write(f"{crime[0]},{suspect[0]},{suspect[3]},{suspect[4]}\n")
            victims.write(f"{crime[0]},{victim[0]},{victim[2]}\n")
            persons[suspect[0]] = (suspect[1], suspect[2])
            persons[victim[0]] = (victim[1], "")
    with open(folder / "persons.csv", "w", encoding="utf-8") as file:
        file.write("person_id,sex,birth\n")
        file.writelines(f"{person},{sex},{birth}\n" for person, (sex, birth) in persons.items())


def load(binary, database, *arguments):
    begun = time.perf_counter()
    process = subprocess.run(
        ["/usr/bin/time", "-f", "%M %U %S", binary, "load", "--db", database, *arguments],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )
    peak, user, system = process.stderr.split()[-3:]
    return time.perf_counter() - begun, int(peak) / 1024, float(user) + float(system)


def bare(database, *files):
    connection = duckdb.connect(str(database))
    begun, cpu = time.perf_counter(), time.process_time()
    for number, file in enumerate(files):
        connection.execute(f"create table bare_{number} as select * from read_csv('{file}', header = true)")
    connection.execute("checkpoint")
    return time.perf_counter() - begun, time.process_time() - cpu


def tell(what, loaded, plain):
    seconds, peak, cpu = loaded
    print(
        f"{what}: load {seconds:.1f} s ({cpu:.1f} s of processor), peak {peak:.0f} MB; "
        f"bare insert {plain[0]:.1f} s ({plain[1]:.1f}); ratio {seconds / plain[0]:.1f}"
    )


def main():
    binary = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        flat, week = folder / "flat.csv", folder / "week.csv"
        write_flat(flat, count)
        database = folder / "flat.duckdb"
        subprocess.run([binary, "init", "--db", database], check=True, stdout=subprocess.DEVNULL)
        tell(f"{count:,} flat rows", load(binary, database, flat), bare(folder / "a.duckdb", flat))
        write_week(week, flat)
        tell(f"120,000 rows onto {count:,}", load(binary, database, week), bare(folder / "b.duckdb", week))
        write_tables(folder, count)
        tables = [folder / f"{table}.csv" for table in ("crimes", "suspects", "victims", "persons")]
        database = folder / "tables.duckdb"
        subprocess.run([binary, "init", "--db", database], check=True, stdout=subprocess.DEVNULL)
        flags = [part for table in tables for part in (f"--{table.stem}", table)]
        tell(f"{count:,} crimes by tables", load(binary, database, *flags), bare(folder / "c.duckdb", *tables))


main()
