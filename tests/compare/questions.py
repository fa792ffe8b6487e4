"""What is asked of both programs: parameters, people, queries, schedules. Used by programs.py."""

import random

CHOICES = {
    "scope": ["vawg", "vawg-stat", "domestic", "sexual", "all"], "index": ["cchi-2020", "ons-css-2016"],
    "weight-rule": ["low", "middle", "high"], "named-by": ["all", "public"], "historic": ["include", "exclude", "only"],
    "proactive": ["include", "exclude", "only"], "custody": ["include", "exclude", "only"],
    "min-age": ["10", "17", "18", "19", "40"], "suspect-sex": ["F", "M", "X"], "min-crimes": ["2", "3", "5"],
    "min-victims": ["2", "3", "6"], "window-days": ["1", "90", "365", "3650"], "limit": ["1", "5", "100", "100000"],
    "borough": ["Camden", "Barnet", "Nowhere"], "bcu": ["Central East", "North West"],
    "known-on": ["2026-06-30", "2026-07-01", "2026-07-07", "2026-07-10", "2020-01-01"],
    "as-of": ["2026-06-30", "2026-03-31", "2026-07-10", "2025-06-30"],
}
OF_COVERAGE = {name: CHOICES[name] for name in ("scope", "index", "window-days", "as-of")}
OF_RETENTION = {
    "years": ["1", "2"], "as-of": ["2033-01-01", "2027-07-20"], "exclusion-days": ["0", "400"],
    "restriction-days": ["0", "10"], "quarantine-days": ["0"], "kind": ["person", "crime,quarantine", "exclusion"],
}
# Merged, restricted, forgotten, stand-ins, undescribed, acted upon, dead, in custody, left out, victims, and unknown.
PEOPLE = [
    "P01", "P02", "P03", "P22", "P05", "P09", "BUSY", "UNKNOWN", "P50", "P51", "P28", "P33", "P06", "P13", "P14", "P18",
    "V05", "P1", "nobody", "",
]
CRIMES = ["C0001", "C0017", "B0001", "N3005", "C9", "B0100", "C0100", "C0101", "C0102", "C0103"]


def drawn(seed, count, choices=CHOICES):
    """Questions of several parameters at once."""
    draw = random.Random(seed)
    for _ in range(count):
        names = draw.sample(list(choices), draw.randint(2, min(6, len(choices))))
        yield {name: draw.choice(choices[name]) for name in names}


def flags(question):
    return [word for name, value in question.items() for word in (f"--{name}", value)]


# The macros that other clients call, and their parameters where they have other names than those of the list.
NAMES = {
    "index": "weights", "named-by": "naming", "suspect-sex": "of_sex", "borough": "in_borough", "bcu": "in_bcu",
    "limit": "list_size",
}
OF_EVIDENCE = {
    name: values for name, values in CHOICES.items()
    if name not in ("borough", "bcu", "limit", "min-crimes", "min-victims")
}
MACROS = {
    "harm_ranking": CHOICES, "harm_evidence": OF_EVIDENCE, "harm_note": OF_EVIDENCE, "harm_coverage": OF_COVERAGE,
    "harm_explanation": OF_EVIDENCE | {"of-person": PEOPLE[:14], "of-crime": CRIMES},
}


def called(macro, question):
    """The call of a macro; the last day is always given."""
    word = lambda value: value if value.isdigit() else f"date '{value}'" if value[:2] == "20" else f"'{value}'"
    words = [
        f"{NAMES.get(name, name.replace('-', '_'))} := {word(value)}"
        for name, value in ({"as-of": "2026-06-30"} | question).items()
    ]
    return f"from {macro}({', '.join(words)})"


QUERIES = [
    "select status, count(*) as crimes from crime group by all order by all", "from data_date", "from restriction",
    "select * from person order by person_id limit 20", "from suspicion order by all limit 50", "from nowhere", "selct 1",
    "from harm_ranking(as_of := date '2026-06-30') where harm_rank <= 5", "select 1; select 2", "show tables",
    "select crime_id, carried from crime where carried is not null order by 1 limit 20", "from load_reject order by all",
    "from load_issue order by all limit 40", "select crime from crimes", "describe crime", "summarize victim",
    "from offence_weight order by all limit 9", "select 1/0", "select 'a' > 1",
    "create temp table t as select person_key from person; select count(*) from t",
]

SCHEDULES = """[schedule.top]
report = "v100"
params = { as_of = "period-end", window_days = 90, limit = 5 }
period = "weekly"
on = "monday"
at = "06:00"
formats = ["csv", "html", "xlsx"]
folder = "lists"
recipients = ["Panel"]
keep = "4w"

[schedule.local]
report = "v100"
params = { as_of = "period-end", scope = "all", limit = 3 }
period = "weekly"
on = "monday"
at = "07:00"
formats = ["json"]
folder = "lists"
for_each = { borough = "all" }
fresh = "9d"

[schedule.codes]
report = "coverage"
period = "monthly"
on = 1
at = "06:00"
formats = ["markdown"]
folder = "lists"
"""

HELPED = [
    "", "demo", "init", "load", "loads undo", "adapter new", "report", "report v100", "report outcomes", "sql", "reports new",
    "runs diff", "forget", "restrict", "ledger show", "schedule run", "upgrade",
]
SAID = [
    "reports list", "reports list --format json", "reports validate", "adapter list", "adapter show flat",
    "adapter show nibrs", "schedule units", "schedule units --cron", "reports new mine --reports own",
    "report mine --reports own", "sql --about", "sql --open=python --reason x", "frob", "load", "load none.csv",
    "loads show 9", "init", "upgrade", "report v100 --db none.duckdb", "schedule run", "runs list",
]
