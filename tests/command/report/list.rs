//! The list in every form, and what it says of itself.

use super::held;
use crate::support::{Desk, assert_contains, text};

/// Text with what changes from version to version masked.
fn masked(output: &str, desk: &Desk) -> String {
    let meta = desk.report(&["v100"])["meta"].clone();
    let hash = text(&meta["sql_hash"]);
    output
        .replace(hash, "[hash]")
        .replace(&hash[..12], "[hash]")
        .replace(env!("CARGO_PKG_VERSION"), "[version]")
}

#[test]
fn the_list_as_a_table_ends_with_what_it_says_of_itself() {
    let desk = held();
    let table = desk.run(&["report", "v100", "--limit", "4"]).succeeded();
    let lines: Vec<_> = masked(&table, &desk).lines().map(ToOwned::to_owned).collect();
    assert_eq!(lines[0], "People reported for the most harm");
    assert_eq!(lines[1], "An order of reports received. It is not a prediction and not a finding of guilt.");
    let cells: Vec<Vec<_>> = lines
        .iter()
        .skip_while(|line| !line.starts_with("---"))
        .skip(1)
        .take_while(|line| !line.is_empty())
        .map(|line| line.split('|').take(3).map(str::trim).collect())
        .collect();
    assert_eq!(
        cells,
        [
            ["1", "N101", "1835"],
            ["2", "N102", "1826"],
            ["3", "N103", "20"],
            ["4", "N104", "10"],
            ["4", "N108", "10"],
            ["4", "N109", "10"]
        ]
    );
    // The footer: words wrapped at any width.
    let footer = lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert_contains(
        &footer,
        &[
            "cut 6 people listed, 9 person-crime pairs, 3,711 days (about 10 years); the cut-off is at 10 days, where 3 are tied",
            "coverage 9 crimes counted: 8 weighted, 1 without a weight in the index; 5 where more than one offence fits the record",
            "7 people in the pool: 6 ranked, 1 not ranked because no offence has a weight",
            "1 historic crime, committed more than 365 days before the report",
            "1 crime, 1 person: crime is cancelled",
            "1 crime, 1 person: detected by police",
            "1 crime, 1 person: under 18 or age uncertain",
            "parameters as_of 2026-06-30, window_days 365, limit 4, index cchi-2020, scope vawg",
            "index Cambridge Crime Harm Index, 2020 values (cchi-2020)",
            "run 6 rows; data of 2026-06-30; report v100, harmrank [version], SQL [hash]",
        ],
    );
}

#[test]
fn the_list_as_csv_is_rows_alone() {
    assert_eq!(
        held().run(&["report", "v100", "--format", "csv"]).succeeded(),
        "harm_rank,person_id,harm_days,harm_days_low,harm_days_high,crimes,unweighted_crimes,victims,gravest_offence,gravest_days,\
         historic_days,first_reported_on,last_reported_on,furthest_status,is_in_custody,is_age_unknown,reported_as_victim\n\
         1,N101,1835,1827,3285,2,0,1,Rape of a female aged 16 or over,1825,0,2026-03-04,2026-04-11,charged,false,false,0\n\
         2,N102,1826,1826,1909,2,0,1,Rape of a female aged 16 or over,1825,1825,2025-07-03,2026-06-01,arrested,false,false,0\n\
         3,N103,20,20,262,2,0,1,Threats to kill,10,0,2026-05-05,2026-05-06,named,false,false,0\n\
         4,N104,10,10,10,1,0,1,Threats to kill,10,0,2026-05-06,2026-05-06,named,false,false,0\n\
         4,N108,10,2,1460,1,0,1,Assault with Injury - Assault occasioning actual bodily harm,10,0,2026-02-07,2026-02-07,named,false,false,0\n\
         4,N109,10,2,1460,1,0,1,Assault with Injury - Assault occasioning actual bodily harm,10,0,2026-02-08,2026-02-08,named,false,false,0\n"
    );
}

#[test]
fn the_list_as_json_is_an_envelope_of_meta_rows_and_end() {
    let desk = held();
    let report = desk.report(&["v100"]);
    let names: Vec<_> = report.as_object().expect("object").keys().map(String::as_str).collect();
    assert_eq!(names, ["meta", "rows", "end"]);
    assert_eq!(report["end"], serde_json::json!({ "rows": 6 }));
    assert_eq!(report["rows"].as_array().map(Vec::len), Some(6));
    assert_eq!(
        report["rows"][0],
        serde_json::json!({
            "harm_rank": 1, "person_id": "N101", "harm_days": 1835, "harm_days_low": 1827, "harm_days_high": 3285,
            "crimes": 2, "unweighted_crimes": 0, "victims": 1, "gravest_offence": "Rape of a female aged 16 or over",
            "gravest_days": 1825, "historic_days": 0, "first_reported_on": "2026-03-04", "last_reported_on": "2026-04-11",
            "furthest_status": "charged", "is_in_custody": false, "is_age_unknown": false, "reported_as_victim": 0,
        })
    );
    let meta = &report["meta"];
    assert_eq!((text(&meta["report"]), text(&meta["title"])), ("v100", "People reported for the most harm"));
    assert_eq!(
        (text(&meta["data_date"]), text(&meta["harmrank"])),
        ("2026-06-30", env!("CARGO_PKG_VERSION"))
    );
    assert_eq!((text(&meta["sql_hash"]).len(), text(&meta["report_hash"]).len()), (64, 64));
    assert_eq!(text(&meta["index"]["index_id"]), "cchi-2020");
    assert_eq!(
        meta["parameters"],
        serde_json::json!({
            "as_of": "2026-06-30", "window_days": 365, "limit": 100, "index": "cchi-2020", "scope": "vawg",
            "weight_rule": "middle", "named_by": "all", "historic": "include", "proactive": "exclude", "custody": "include",
            "placeholder": "exclude",
            "min_age": 18, "min_crimes": 1, "min_victims": 1, "suspect_sex": null, "borough": null, "bcu": null, "known_on": null,
        })
    );
    let notes = meta["notes"].as_array().expect("notes");
    let pool =
        notes.iter().find(|note| text(&note["note"]).contains("people in the pool")).expect("the pool");
    assert_eq!((text(&pool["topic"]), &pool["quantity"]), ("coverage", &7.into()));
}

#[test]
fn an_empty_list_says_so_in_every_form() {
    let desk = held();
    let never = ["report", "v100", "--as-of", "2020-01-01"];
    assert_contains(&desk.run(&never).succeeded(), &["(no rows)", "0 rows; data of 2026-06-30"]);
    let csv = desk.run(&[&never[..], &["--format", "csv"]].concat());
    assert_eq!((csv.code, csv.stdout.lines().count()), (Some(0), 1));
    assert_contains(
        &csv.stderr,
        &["warning: the window ends on 2020-01-01, before the first report there is"],
    );
    let report = desk.report(&never[1..]);
    assert_eq!((&report["rows"], &report["end"]["rows"]), (&serde_json::json!([]), &0.into()));
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    let desk = held();
    for format in ["table", "csv", "json"] {
        let ask = || desk.run(&["report", "v100", "--format", format]).succeeded();
        assert_eq!(ask(), ask(), "{format}");
    }
}

/// A slip in the name of a place must not look like a place without harm.
#[test]
fn a_list_of_a_place_without_anybody_says_why() {
    let desk = Desk::holding(
        "crime_id,code,reported_on,borough,suspect_id,suspect_sex,victim_sex\n\
         C1,8N,2026-06-01,Camden,P1,M,F\nC2,8N,2026-06-01,Barnet,P2,M,M\n",
        &["--extract-date", "2026-06-30"],
    );
    let cut = |borough: &str| {
        text(&desk.report(&["v100", "--borough", borough])["meta"]["notes"][0]["note"]).to_owned()
    };
    assert_contains(&cut("Camden"), &["1 person listed", "fewer than 100 are ranked under these parameters"]);
    assert_contains(
        &desk.run(&["report", "v100", "--borough", "Cmaden"]).failed(2),
        &["did you mean Camden?"],
    );
    assert_contains(&cut("Barnet"), &["nobody has a counted crime in Barnet"]);
}
