"""Extracts of a force that does not exist, drawn from a seed: crimes as sources send them, with all that is wrong in them.

Used by programs.py. The same seed gives the same rows. References that matter there: P01 to P60 are suspects, some of
them victims of others too; P02 is merged into P01, P01 into P03; P05 is restricted and P09 forgotten on the way; BUSY
stands for many, UNKNOWN for nobody; of P50 and P51
neither sex nor birth is known.
"""

import csv
import datetime
import io
import random

CRIME = [
    "crime_id", "incident_id", "code", "ho_class", "item", "reported_on", "committed_from_on", "committed_to_on",
    "status", "detected_by", "is_domestic", "borough", "bcu", "area",
]
SUSPECT = [
    "suspect_id", "suspect_sex", "suspect_birth", "suspect_age", "suspect_died_on", "suspect_status",
    "suspect_status_on", "named_by", "named_on",
]
VICTIM = ["victim_id", "victim_sex", "victim_birth", "victim_age", "victim_kind"]
CARRIED = ["officer", "unit"]
BOROUGHS = {"Camden": "Central North", "Barnet": "North West", "Hackney": "Central East", "Bexley": "South East", "": ""}
STATUSES = [
    "named", "named", "named", "charged", "arrested", "cautioned", "convicted", "No Further-Action", "acquitted",
    "eliminated", "",
]
# Weighted, ambiguous and reviewed, ambiguous and not, without a weight, in no table, and written in other ways.
CODES = [
    "8N", "8N", "19C", "19C", "105A", "8L", "20A", "3B", "8R", "8Q", "58D", "5D", "5E", "46", "1", "4/1", "4.3", "17A",
    "NFS", "ZZ9", "99", "28F", "19c",
]
BAD = {
    "committed_from_on": ["2062-05-31", "31/06/2026", "soon"], "committed_to_on": ["2026-13-01", "never"],
    "status": ["no crimes", "maybe"], "detected_by": ["dog", "unk"], "is_domestic": ["perhaps", "Not recorded"],
    "suspect_sex": ["Q", "U", "female"], "suspect_birth": ["1850", "199O-04", "1990-13", "Unknown"],
    "suspect_age": ["-1", "121", "34.5", "1e1"], "suspect_died_on": ["dead", "2030-01-01"],
    "suspect_status": ["guilty", "whatever"], "suspect_status_on": ["2026-06"], "named_by": ["rumour", "N/A"],
    "named_on": ["32/05/2026"], "victim_sex": ["woman?", "u"], "victim_birth": ["n/k"], "victim_age": ["200"],
    "victim_kind": ["dog"], "code": ["", "8 N"], "reported_on": ["", "2026-02-30", "2031-01-01"], "crime_id": [""],
    "area": ["=1+1", "caf\u00e9, \"upstairs\""], "item": ["8N.8.6.0", "no item"], "ho_class": ["008/06", "8.6"],
}


def day(number):
    """A day counted back from 30 June 2026."""
    return datetime.date(2026, 6, 30) - datetime.timedelta(days=number)


def written(draw, date):
    return date.strftime(draw.choice(["%Y-%m-%d", "%Y-%m-%d", "%d/%m/%Y"]))


def sex_and_birth(reference):
    """The same of one person whenever asked."""
    draw = random.Random(reference)
    if reference in ("UNKNOWN", "N/K", "P50", "P51", ""):
        return "", ""
    sex = draw.choices(["M", "F", "X", ""], [12, 5, 1, 1] if reference.startswith("P") else [3, 12, 1, 3])[0]
    year = draw.choice([1950, 1962, 1975, 1980, 1991, 2000, 2007, 2008, 2009, 2010, 2017])
    return sex, draw.choice([f"{year}", f"{year}-0{draw.randint(1, 9)}", f"{year}-11-30", ""])


def suspect(draw, reference=None):
    reference = reference or draw.choices([f"P{draw.randint(1, 60):02}", "UNKNOWN", "N/K", ""], [30, 1, 1, 3])[0]
    sex, birth = sex_and_birth(reference)
    if not reference:
        return dict.fromkeys(SUSPECT, "")
    age = draw.choice(["", "", "9", "15", "17", "18", "34"]) if not birth and reference != "P51" else ""
    died = "2026-01-15" if reference in ("P33", "P34") else ""
    values = [
        reference, sex, birth, age, died, draw.choice(STATUSES), written(draw, day(draw.randint(0, 200))),
        draw.choice(["victim", "witness", "police", "other", ""]), written(draw, day(draw.randint(0, 700))),
    ]
    return dict(zip(SUSPECT, values))


def victim(draw, reference=None):
    reference = reference or draw.choices(
        [f"V{draw.randint(1, 90):02}", f"P{draw.randint(1, 60):02}", ""], [20, 3, 3]
    )[0]
    sex, birth = sex_and_birth(reference)
    sex = sex if reference else draw.choice(["F", "M", ""])
    kind = draw.choices(["person", "", "business", "society"], [12, 4, 1, 1])[0]
    return dict(zip(VICTIM, [reference, sex, birth, draw.choice(["", "16", "33", "71"]), kind]))


def crime(draw, reference, days, of_suspect=None):
    """A crime reported so many days ago at most, its suspects and its victims."""
    reported = draw.randint(0, days)
    historic = draw.choices([draw.randint(0, 20), draw.choice([364, 365, 366, 367, 900, 4000])], [8, 1])[0]
    begun = reported + historic
    borough = draw.choice(list(BOROUGHS))
    values = [
        reference, f"I{draw.randint(1, 400)}", draw.choice(CODES), "", "", written(draw, day(reported)),
        draw.choice(["", written(draw, day(begun))]), draw.choice(["", written(draw, day(max(begun - 3, reported - 1)))]),
        draw.choices(["recorded", "", "cancelled", "transferred", "Not crime"], [20, 6, 1, 1, 1])[0],
        draw.choices(["victim", "witness", "POLICE", "company", ""], [10, 4, 2, 1, 3])[0],
        draw.choice(["yes", "no", "0", ""]), borough, BOROUGHS[borough], draw.choice(["A1", "A2", ""]),
    ]
    suspects = [suspect(draw, of_suspect) for _ in range(draw.choices([1, 2, 3], [8, 2, 1])[0])]
    victims = [victim(draw) for _ in range(draw.choices([1, 2, 3], [8, 2, 1])[0])]
    return {"crime": dict(zip(CRIME, values)), "suspects": suspects, "victims": victims}


def force(seed, count=260):
    """Crimes of two years; of BUSY more victims than anybody can have."""
    draw = random.Random(seed)
    crimes = [crime(draw, f"C{number:04}", 730) for number in range(count)]
    for number in range(130):
        busy = crime(draw, f"B{number:04}", 300, "BUSY")
        busy["victims"] = [victim(draw, f"W{number:03}")]
        crimes.append(busy)
    return crimes


def corrected(crimes, seed, more=60):
    """What a later extract says: a third of the crimes, of which some have changed, and new ones."""
    draw = random.Random(seed)
    later = []
    for said in draw.sample(crimes, len(crimes) // 3):
        said = {"crime": dict(said["crime"]), "suspects": list(said["suspects"]), "victims": list(said["victims"])}
        change = draw.randint(0, 11)
        if change == 0:
            said["crime"]["code"] = draw.choice(CODES)
        elif change == 1:
            said["crime"]["status"] = draw.choice(["cancelled", "recorded", "transferred"])
        elif change == 2:
            said["suspects"] = [suspect(draw)]
        elif change == 3:
            said["suspects"].append(suspect(draw))
        elif change == 4:
            said["victims"] = [{**victim(draw), "victim_sex": draw.choice(["F", "M", ""])}]
        elif change == 5:
            said["suspects"] = [{**one, "suspect_status": draw.choice(STATUSES)} for one in said["suspects"]]
        later.append(said)
    return later + [crime(draw, f"N{seed}{number:03}", 40) for number in range(more)]


def text(columns, rows):
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def spoilt(draw, row, share):
    """One row in so many has a value that is wrong; keys of a table are spared."""
    if draw.random() < share:
        column = draw.choice([name for name in BAD if name in row])
        row = {**row, column: draw.choice(BAD[column])}
    return row


def flat(crimes, seed, share=0.08):
    """The flat extract: a row per crime, suspect and victim. One crime in twelve contradicts itself."""
    draw = random.Random(seed)
    rows = []
    for said in crimes:
        other = dict(said["crime"])
        if draw.random() < 1 / 12:
            column = draw.choice(["code", "reported_on", "committed_from_on", "borough", "is_domestic", "status"])
            other[column] = {"code": "3B", "borough": "Bow", "is_domestic": "yes"}.get(column, "2026-05-05")
        for one in said["suspects"]:
            for harmed in said["victims"]:
                row = {**(said["crime"] if not rows or draw.random() < 0.5 else other), **one, **harmed}
                row |= {"officer": f"PC {draw.randint(1, 9)}", "unit": draw.choice(["CID", "P09 team", ""])}
                rows.append(spoilt(draw, row, share))
    return text(CRIME + SUSPECT + VICTIM + CARRIED, rows)


def tables(crimes, seed, share=0.05):
    """The same as tables: name to text of crimes, suspects, victims and persons."""
    draw = random.Random(seed)
    own = lambda row, prefix: {name.removeprefix(prefix): value for name, value in row.items()}
    linked = lambda said, what, prefix: [
        {"crime_id": said["crime"]["crime_id"], "person_id": one[f"{prefix}id"], **own(spoilt(draw, one, share), prefix)}
        for one in said[what] if one[f"{prefix}id"] or prefix == "victim_"
    ]
    suspects = [row for said in crimes for row in linked(said, "suspects", "suspect_")]
    victims = [row for said in crimes for row in linked(said, "victims", "victim_")]
    suspects.append({"crime_id": "NOWHERE", "person_id": "P01", "status": "named"})
    references = sorted({row["person_id"] for row in suspects + victims if row["person_id"]})
    persons = [dict(zip(["person_id", "sex", "birth"], [one, *sex_and_birth(one)])) for one in references]
    persons += [{"person_id": "P11", "sex": "F"}, {"person_id": "P12", "birth": "1999"}, {"person_id": "V01", "sex": "M"}]
    return {
        "crimes": text(CRIME, [spoilt(draw, said["crime"], share) for said in crimes]),
        "suspects": text(["crime_id", "person_id", "age", "status", "status_on", "named_by", "named_on"], suspects),
        "victims": text(["crime_id", "person_id", "sex", "birth", "age", "kind"], victims),
        "persons": text(["person_id", "sex", "birth", "died_on"], persons),
    }


LISTS = {
    "identities": "person_id,is_person_id\nP02,P01\nP01,P03\nP21,P22\nP23,P50\nP40,P40\nP41,\nV02,P42\nUNKNOWN,P43\n",
    "clusters": "cluster_id,unique_id,source_dataset\nx1,P02,a\nx1,P03,a\nx2,V01,b\nx3,P10,b\nx3,P11,b\nx3,P12,a\n",
    "custody": "person_id,from_on,to_on\nP01,01/06/2026,\nP06,2026-06-05,2026-06-30\nP07,2026-05-01,2026-05-02\n"
    "P08,2026-06-05,2026-06-01\nP10,soon,\nP13,2025-08-01,2026-03-01\n",
    "exclusions": "person_id,from_on,review_on,decided_by,reason\nP14,2026-06-01,2026-12-01,Superintendent,under review\n"
    "P15,2025-06-01,2026-01-01,Superintendent,process with P09\nP16,2026-06-01,2026-12-01,,nobody decided\n",
    "deaths": "person_id,died_on\nP17,2026-06-04\nP18,04/06/2026\nP19,never\nP99,2026-01-01\n",
    "actions": "person_id,acted_on,kind,reason\nP01,2026-06-12,arrest,R1\nP03,2026-06-13,charge,\nP06,2026-06-20,removed,R2\n"
    "P20,2026-06-14,safeguarding,\nP20,2026-06-15,dance,\nP22,14/06/2026,conviction,R1\n",
    "protected": "person_id,ethnicity,ethnicity_observed,religion,disability\nP01,B1,IC3,none,no\nP02,W1,,,\nP03,A,,,\n"
    "P03,B,,,\n,A,,,\nP09,M1,,x,yes\n",
}
# Of each list one that says something else, as a later one does.
LATER_LISTS = {
    "identities": "person_id,is_person_id\nP02,P01\nP21,P22\nP24,P25\nP25,P26\n",
    "custody": "person_id,from_on,to_on\nP01,01/06/2026,2026-06-20\nP27,2026-06-25,\n",
    "exclusions": "person_id,from_on,review_on,decided_by,reason\nP28,2026-06-01,2026-12-01,Superintendent,under review\n",
    "actions": "person_id,acted_on,kind,reason\nP01,2026-06-12,arrest,R1\nP28,2026-06-26,charge,\n",
    "deaths": "person_id,died_on\nP18,2026-06-05\nP29,2026-06-26\n",
    "protected": "person_id,ethnicity\nP01,A9\nP30,M1\n",
}
