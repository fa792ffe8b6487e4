//! `ledger who-saw`: whoever asked about a person, and whoever was shown them in a list.

use super::{file, held, lines};
use crate::support::{Desk, assert_contains, text};
use serde_json::Value as Json;

/// Rows and notes of the answer.
fn saw(desk: &Desk, person: &str) -> (Vec<Json>, String) {
    let answer = desk.run(&["ledger", "who-saw", person, "--format", "json"]).succeeded();
    let answer: Json = serde_json::from_str(&answer).expect("JSON");
    (answer["rows"].as_array().expect("rows").clone(), answer["meta"]["notes"].to_string())
}

fn told(rows: &[Json]) -> Vec<String> {
    rows.iter().map(|row| format!("{}: {}", text(&row["verb"]), text(&row["how"]))).collect()
}

#[test]
fn who_was_shown_a_person_in_a_list_is_found_too() {
    let desk = held();
    let person = desk.list(&[])[0].split(' ').nth(1).expect("a person").to_owned();
    desk.write("merged.csv", format!("person_id,is_person_id\nOLD1,{person}\n"));
    desk.load(&["--identities", "merged.csv", "--extract-date", "2026-06-30"]);
    let kept = desk.run(&["report", "v100", "--archive", "--recipient", "the panel"]).succeeded();
    let run = kept.trim();
    desk.run(&["runs", "show", run]).succeeded();
    let gone = desk.run(&["report", "v100", "--archive"]).succeeded();
    std::fs::remove_dir_all(desk.path("harmrank-runs").join(gone.trim())).expect("removed");
    desk.run(&["report", "coverage", "--archive"]).succeeded();
    desk.run(&["report", "explain", "--person", &person]).succeeded();
    let (rows, notes) = saw(&desk, "OLD1");
    assert_eq!(
        told(&rows),
        [
            "report: a row of a list",
            "report: a row of a list",
            "runs show: a row of a list",
            "report: asked about by a reference",
        ],
        "{rows:#?}"
    );
    assert_eq!(rows[1]["recipient"], "the panel");
    assert_eq!(rows[0]["run"], run);
    assert_contains(&notes, &[gone.trim(), "is gone", "shown and not kept"]);
    // By the other reference the same, and the question before.
    let (rows, _) = saw(&desk, &person);
    assert_eq!(rows.len(), 5, "{rows:#?}");
    assert_eq!(told(&rows)[4], "ledger who-saw: asked about by a reference");
    let (rows, _) = saw(&desk, "NOBODY");
    assert_eq!(rows, Vec::<Json>::new());
    let last = lines(&desk);
    let begun = last.iter().rev().find(|line| line["event"] == "begun").expect("a line");
    assert_contains(text(&begun["parameters"]["person"]), &["hmac:"]);
    assert!(!std::fs::read_to_string(file(&desk)).expect("ledger").contains("NOBODY"));
}
