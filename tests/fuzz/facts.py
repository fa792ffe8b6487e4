"""The same facts in many forms: what a reader makes of them is the same, or it says that something is in doubt.

A few crimes with their suspects and victims are drawn, and written once as plainly as can be. Then they are written in other
formats and spellings of which none changes what they say: as systems, spreadsheets and people write them. The tables and
the list have to be those of the plain file, or the account has to warn, doubt or refuse. Standard library only.
"""

import codecs
import csv
import datetime
import gzip
import io
import json
import unicodedata
import zipfile

COLUMNS = [
    "crime_id", "code", "reported_on", "status", "borough", "suspect_id", "suspect_sex", "suspect_birth",
    "suspect_status", "victim_id", "victim_sex", "victim_age",
]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACK = "http://schemas.openxmlformats.org/package/2006"
# What is compared: crimes, suspects and victims as they stand, nobody aside.
TABLES = """
select concat_ws('|', 'c', crime_id, coalesce(offence.code, offence.ho_class), reported_on, status, borough) as line
from crime inner join offence using (offence_key)
union all
select concat_ws('|', 's', crime_id, person_id, suspect.status, person.sex, person.birth_year)
from suspect inner join crime using (crime_key) inner join person using (person_key)
where not person.is_placeholder
union all
select concat_ws('|', 'v', crime_id, person.person_id, victim.sex, victim.age)
from victim inner join crime using (crime_key) left join person using (person_key)
order by line
"""


def draw(dice):
    """Rows of plain text by column."""
    numbers = dice.random() < 0.4
    rows = []
    for row in range(dice.randint(2, 8)):
        day = datetime.date(2026, 1, 1) + datetime.timedelta(days=dice.randint(0, 170))
        person = dice.randint(1, 5)
        rows.append({
            "crime_id": f"{7000 + row}" if numbers else f"C{row}",
            "code": dice.choice(["8N", "19C", "105A", "20A", "4/3", "8N"]),
            "reported_on": day.isoformat(),
            "status": dice.choice(["recorded", "recorded", "not_crime", "cancelled"]),
            "borough": dice.choice(["Camden", "Ynys M\u00f4n", "Barnet"]),
            "suspect_id": f"{100200 + person}" if numbers else f"N{person}",
            "suspect_sex": "MF"[person % 2],
            "suspect_birth": str(1970 + person),
            "suspect_status": dice.choice(["named", "charged", "no_further_action", "acquitted"]),
            "victim_id": f"{900100 + row}" if numbers else f"V{row}",
            "victim_sex": "F",
            "victim_age": str(20 + row),
        })
    return rows


# Other words for the same, by column.
WORDS = {
    ("status", "recorded"): ["Recorded", "RECORDED", " recorded "],
    ("status", "not_crime"): ["No Crime", "NO-CRIME", "no crime"],
    ("status", "cancelled"): ["Cancelled", "CANCELLED"],
    ("suspect_status", "named"): ["Named", "NAMED"],
    ("suspect_status", "charged"): ["Charged", "Charge/Summons", "CHARGED"],
    ("suspect_status", "no_further_action"): ["NFA", "No Further Action", "no further action"],
    ("suspect_status", "acquitted"): ["Not Guilty", "Acquitted"],
    ("suspect_sex", "M"): ["Male", "male", "m"],
    ("suspect_sex", "F"): ["Female", "female", "f"],
    ("victim_sex", "F"): ["Female", "FEMALE", "f"],
    ("code", "8N"): ["8n", " 8N", "8 N", "8N\u00a0"],
    ("code", "4/3"): ["4.3", "4 / 3"],
    ("code", "19C"): ["19c", "19C "],
}
INVISIBLE = ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u200e", " ", "\u00a0", "\t"]


def instant(day, dice):
    """A moment of a day in London, in another zone."""
    moment = datetime.datetime.combine(day, datetime.time(dice.randint(2, 21), 30))
    # Noon of summer is 11 of universal time: the hours drawn are far from midnight in either.
    hours = dice.choice([0, 0, 1, -5, 10])
    local = moment + datetime.timedelta(hours=hours)
    sign = "Z" if hours == 0 and dice.random() < 0.5 else f"{'-' if hours < 0 else '+'}{abs(hours):02}:00"
    return local.strftime(dice.choice(["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"])) + sign


def spell_day(text, form, dice):
    """A day in a form that cannot be misread."""
    day = datetime.date.fromisoformat(text)
    return {
        "iso": day.isoformat(),
        "day first": day.strftime("%d/%m/%Y"),
        "short": f"{day.day}/{day.month}/{day.year}",
        "month in letters": day.strftime("%d-%b-%Y"),
        "with time": day.strftime("%d/%m/%Y %H:%M"),
        "midnight": day.isoformat() + "T00:00:00",
        "instant": instant(day, dice),
        "number": str((day - datetime.date(1899, 12, 30)).days),
    }[form]


DAYS = ["iso", "day first", "short", "month in letters", "with time", "midnight", "instant", "number"]


def spell(rows, dice):
    """The same facts in other words."""
    form = dice.choice(DAYS)
    fractions, others = dice.random() < 0.3, dice.random() < 0.6
    signs, decomposed = dice.random() < 0.4, dice.random() < 0.4
    spelled = []
    for row in rows:
        row = dict(row)
        for column, text in row.items():
            if others and dice.random() < 0.6 and (column, text) in WORDS:
                row[column] = dice.choice(WORDS[column, text])
        row["reported_on"] = spell_day(row["reported_on"], form, dice)
        if fractions:
            row["suspect_birth"] += ".0"
            row["victim_age"] += ".0"
        if signs:
            column = dice.choice(["crime_id", "suspect_id", "victim_id", "code", "borough"])
            row[column] = dice.choice([row[column] + dice.choice(INVISIBLE), dice.choice(INVISIBLE) + row[column]])
        if decomposed:
            row["borough"] = unicodedata.normalize("NFD", row["borough"])
        spelled.append(row)
    return spelled


def spoil(rows, dice):
    """The facts as a spreadsheet or an export spoils them: none of it may be another number without a word."""
    rows = [dict(row) for row in rows]
    for row in rows:
        if dice.random() < 0.5:
            continue
        how = dice.choice(["exponent", "several", "foreign", "status", "zero", "nobody"])
        if how == "exponent":
            row["suspect_id"] = dice.choice(["1.23457E+11", "9.9e+15", "1,2E+12"])
        elif how == "several":
            row["suspect_id"] = "N1001; N1002"
        elif how == "foreign":
            row["code"] = dice.choice(["XX9", "13B9", "90Z"])
        elif how == "status":
            row["suspect_status"] = dice.choice(["Pending review", "Q7", "see notes"])
        elif how == "zero":
            row["code"] = "0" + row["code"]
        else:
            row["suspect_id"] = dice.choice(["nan", "N/K", "\\N", "#N/A", "-", "UNKNOWN SUSPECT"])
    return rows


def as_csv(rows, dice):
    """CSV with any sign, quotes, line ends and encoding, perhaps with columns in another order."""
    columns = list(COLUMNS)
    if dice.random() < 0.5:
        dice.shuffle(columns)
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=dice.choice(",,;\t|"), lineterminator=dice.choice(["\n", "\r\n"]),
        quoting=dice.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    )
    writer.writerow([dice.choice([name, name.upper(), name.replace("_", " ")]) for name in columns])
    writer.writerows([[row[name] for name in columns] for row in rows])
    data = codecs.encode(out.getvalue(), dice.choice(["utf-8", "utf-8-sig", "utf-16"]))
    return ("facts.csv.gz", gzip.compress(data, mtime=0)) if dice.random() < 0.2 else ("facts.csv", data)


def as_json(rows, dice):
    """JSON, where a number may be a number."""
    def value(column, text):
        is_number = text.isdigit() and not text.startswith("0") and column != "code"
        return int(text) if is_number and dice.random() < 0.5 else text

    objects = [{name: value(name, text) for name, text in row.items()} for row in rows]
    if dice.random() < 0.5:
        return "facts.json", json.dumps(objects, ensure_ascii=dice.random() < 0.5).encode()
    return "facts.jsonl", "".join(json.dumps(row) + "\n" for row in objects).encode()


def as_workbook(rows, dice):
    """A workbook, where a day may be a day of the sheet and a number a number, shown as it is."""
    formats = {"reported_on": 1, "number": 0}

    def cell(place, column, text):
        is_iso = column == "reported_on" and len(text) == 10 and text[4] == "-"
        if is_iso and dice.random() < 0.5:
            days = (datetime.date.fromisoformat(text) - datetime.date(1899, 12, 30)).days
            return f'<c r="{place}" s="{formats["reported_on"]}"><v>{days}</v></c>'
        if text.isdigit() and not text.startswith("0") and column != "code" and dice.random() < 0.5:
            return f'<c r="{place}"><v>{text}</v></c>'
        text = text.replace("&", "&amp;").replace("<", "&lt;")
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'

    lines = [dict(zip(COLUMNS, COLUMNS))] + rows
    body = "".join(
        f'<row r="{number}">'
        + "".join(cell(f"{chr(65 + place)}{number}", name, row[name]) for place, name in enumerate(COLUMNS))
        + "</row>"
        for number, row in enumerate(lines, 1)
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACK}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACK}/relationships"><Relationship Id="rId1" '
        f'Type="{RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets><sheet name="Extract" sheetId="1" '
        'r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACK}/relationships">'
        f'<Relationship Id="rId1" Type="{RELS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{RELS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/>'
        "</cellXfs></styleSheet>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, text in files.items():
            packed.writestr(path, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
    return "facts.xlsx", made.getvalue()


def as_parquet(rows, dice, desk):
    """Parquet as the program itself writes it, where a number may be an integer or a fraction, and a day a day."""
    def item(name):
        if name == "reported_on" and all(len(row[name]) == 10 and row[name][4] == "-" for row in rows):
            return f"{name}::{dice.choice(['varchar', 'date', 'timestamp'])} as {name}"
        if name != "code" and all(row[name].isdigit() and not row[name].startswith("0") for row in rows):
            return f"{name}::{dice.choice(['varchar', 'bigint', 'double', 'decimal(12, 2)'])} as {name}"
        return name

    def quoted(text):
        return "'" + text.replace("'", "''") + "'"

    values = ", ".join("(" + ", ".join(quoted(row[name]) for name in COLUMNS) + ")" for row in rows)
    items = ", ".join(item(name) for name in COLUMNS)
    sql = f"select {items} from (values {values}) as facts({', '.join(COLUMNS)})"
    code, _, err = desk.run("sql", sql, "-o", "facts.parquet", "--db", str(desk.fresh))
    if code != 0:
        raise RuntimeError(f"no Parquet: {err}")
    data = (desk.folder / "facts.parquet").read_bytes()
    (desk.folder / "facts.parquet").unlink()
    return "facts.parquet", data


def as_file(rows, dice, desk):
    """The facts as a file of any format."""
    form = dice.choice([as_csv, as_csv, as_json, as_workbook, as_parquet])
    return form(rows, dice, desk) if form is as_parquet else form(rows, dice)


def cut(name, data, dice):
    """A text that ends within its last line; another file as it is."""
    lines = data.rstrip(b"\r\n").rfind(b"\n")
    if not name.endswith((".csv", ".jsonl")) or lines < 0 or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data
    return data[:dice.randint(lines + 2, len(data) - 2)] if len(data) - 2 > lines + 2 else data


FOLDERS = ["", "", "code=19C", "status=cancelled", "borough=Camden/code=8N", "suspect_id=N9", "reported_on=2026-01-01"]


class Reader:
    """What the program makes of a file."""

    def __init__(self, desk, dice):
        self.desk, self.dice = desk, dice

    def read(self, name, data):
        """Tables and list, and whether something was said to be in doubt; (None, True) where the file is refused."""
        folder = self.desk.folder / self.dice.choice(FOLDERS)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        self.desk.start_empty()
        zone = self.dice.choice(["Europe/London", "America/New_York", "Asia/Tokyo"])
        given = str((folder / name).relative_to(self.desk.folder))
        code, out, err = self.desk.run(
            "load", given, "--extract-date", "2026-06-30", "--format", "json", "--threads", "1", TZ=zone,
        )
        if code not in (0, 1, 2):
            raise RuntimeError(f"exit {code}: {err[-400:]}")
        if code != 0:
            return None, err.startswith("harmrank: ")
        account = json.loads(out)
        is_told = any(account[part] for part in ("warnings", "refusals", "issues")) or any(
            decision["kind"] != "tell" for decision in account["decisions"]
        )
        return self.held(), is_told

    def held(self):
        """The tables, and the list over everything."""
        code, tables, err = self.desk.run("sql", TABLES, "--format", "csv")
        listed, out, said = self.desk.run("report", "v100", "--scope", "all", "--format", "csv")
        if code != 0 or listed != 0:
            raise RuntimeError(f"cannot be asked: {err}{said}")
        return tables + out


def wrong(desk, dice, keep):
    """What does not hold of one set of facts, or None; `keep` is told of the file."""
    reader = Reader(desk, dice)
    plain = draw(dice)
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(plain)
    expected, is_told = reader.read("plain.csv", out.getvalue().encode())
    if expected is None or is_told:
        return f"the plain file is doubted: {plain}"
    for _ in range(4):
        rows = spell(plain, dice)
        is_spoiled, is_cut = dice.random() < 0.25, dice.random() < 0.15
        if is_spoiled:
            rows = spoil(rows, dice)
        name, data = as_file(rows, dice, desk)
        if is_cut:
            data = cut(name, data, dice)
        keep(name, data)
        found, is_told = reader.read(name, data)
        if found is None:
            if not is_told:
                return "refused without a word"
            if not (is_spoiled or is_cut):
                return f"facts that are whole are refused: {rows}"
        elif found != expected and not is_told:
            return f"another reading without a word:\n{expected}\nbecame\n{found}"
    return None
