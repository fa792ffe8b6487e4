"""A million flat rows into a new database against the engine's bare insert of the same file.

    python3 tests/bench/load.py HARMRANK [ROWS]

HARMRANK is the built binary. Needs the PyPI package duckdb of the engine's version. The rows are invented.
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


def write_extract(path, rows):
    draw = random.Random(5)
    first = datetime.date(2023, 7, 1)
    with open(path, "w", encoding="utf-8") as file:
        file.write(
            "crime_id,code,reported_on,committed_from_on,status,detected_by,is_domestic,borough,bcu,"
            "suspect_id,suspect_sex,suspect_birth,suspect_status,named_by,victim_id,victim_sex,victim_age\n"
        )
        for number in range(rows):
            day = first + datetime.timedelta(days=draw.randrange(1096))
            person = draw.randrange(rows // 5 + 1)
            file.write(
                f"CR{number:08d},{draw.choice(CODES)},{day},{day},recorded,victim,"
                f"{draw.choice(['yes', 'no'])},Hackney,Central East,P{person:07d},M,"
                f"{1950 + person % 50}-0{1 + person % 9},named,victim,V{draw.randrange(rows // 2 + 1):07d},"
                f"{draw.choice('FFFFM')},{18 + person % 60}\n"
            )


def main():
    binary = sys.argv[1]
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        extract = pathlib.Path(folder) / "extract.csv"
        write_extract(extract, rows)
        database = pathlib.Path(folder) / "bench.duckdb"
        subprocess.run([binary, "init", "--db", database], check=True, stdout=subprocess.DEVNULL)
        begun = time.perf_counter()
        process = subprocess.run(
            ["/usr/bin/time", "-f", "%M", binary, "load", extract, "--db", database],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        load = time.perf_counter() - begun
        connection = duckdb.connect(str(pathlib.Path(folder) / "bare.duckdb"))
        begun = time.perf_counter()
        connection.execute(f"create table bare as select * from read_csv('{extract}', header = true)")
        connection.execute("checkpoint")
        bare = time.perf_counter() - begun
    peak = int(process.stderr.split()[-1]) / 1024
    print(f"{rows:,} rows: load {load:.1f} s, peak {peak:.0f} MB; bare insert {bare:.1f} s; ratio {load / bare:.1f}")


main()
