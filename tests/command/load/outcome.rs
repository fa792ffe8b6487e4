//! All or nothing, said in text or JSON, with the right exit code, and the same for any number of threads.

use super::balance;
use crate::support::{Desk, assert_contains, text};
use std::fmt::Write as _;

const EXTRACT: &str = "crime_id,code,reported_on,suspect_id,victim_id,victim_sex\nC1,8N,2026-06-01,P1,V1,F\n";

#[test]
fn a_load_that_fails_on_the_way_leaves_the_database_as_it_was() {
    let desk = Desk::holding("crime_id,code,reported_on\nC0,8N,2026-05-01\n", &[]);
    desk.write("crimes.csv", "crime_id,code,reported_on\nC1,8N,2026-06-01\n");
    desk.write("suspects.csv", "crime_id,person_id\nC1,N1\n");
    // Two identities merged into each other: the merge has written crimes and people when it meets them.
    desk.write("circle.csv", "person_id,is_person_id\nN1,N2\nN2,N1\n");
    let before = desk.whole_fingerprint();
    let tables = ["--crimes", "crimes.csv", "--suspects", "suspects.csv"];
    let stderr = desk.run(&[&["load"], &tables[..], &["--identities", "circle.csv"]].concat()).failed(1);
    assert_contains(&stderr, &["identities that are merged in a circle"]);
    assert_eq!(desk.whole_fingerprint(), before);
    assert!(desk.names().iter().all(|name| !name.starts_with('.')), "{:?}", desk.names());
    assert_eq!(balance(&desk.load(&tables)), [2, 0, 0, 0, 0], "it goes in once the way is free");
}

#[test]
fn a_load_that_succeeds_leaves_nothing_beside_the_database() {
    let desk = Desk::holding(EXTRACT, &[]);
    assert_eq!(desk.names(), ["extract.csv", "harmrank.duckdb"]);
}

#[test]
fn the_account_in_json_says_what_the_text_says() {
    let desk = Desk::new();
    let account = desk.load_text(EXTRACT, &["--extract-date", "2026-06-10"]);
    assert_eq!(
        account,
        serde_json::json!({
            "batch_key": 1, "extract_on": "2026-06-10", "is_extract_on_given": true,
            "rows_in": 1, "rows_new": 1, "rows_replaced": 0, "rows_unchanged": 0, "rows_outdated": 0, "rows_refused": 0, "rows_suppressed": 0,
            "crimes_withdrawn": 0, "suspects_ended": 0, "victims_ended": 0,
            "lists_ended": {},
            "decisions": [{
                "kind": "tell", "topic": "codes", "quantity": 1, "total": 1, "percent": "100.0",
                "note": "the code of every crime is known; that of 1 crime may mean several items",
                "examples": ["8N (1, may mean several items)"],
                "remedy": "harmrank report coverage --show all",
            }],
            "values": [],
            "refusals": [], "issues": [], "warnings": [], "columns_unread": [], "is_dry": false,
            "held": {
                "crimes": 1, "suspects": 1, "victims": 1, "people": 2,
                "first_reported_on": "2026-06-01", "last_reported_on": "2026-06-01",
            },
            "reconciliation": [{
                "topic": "share",
                "note": "1 crime recorded in the thirteen months to 2026-06-10: 0.0 % without a suspect, \
                         0.0 % with a victim of unknown sex, 0.0 % without a weight",
            }],
        })
    );
    let text = desk.run(&["load", "extract.csv", "--extract-date", "2026-06-10"]).succeeded();
    assert_eq!(
        text,
        "load 2, extract of 2026-06-10 (given)\ncodes: the code of every crime is known; that of 1 crime may mean \
         several items; 8N (1, may mean several items)\n  rows in                 1\n  = new                   0\n  \
         + replaced              0\n  + unchanged             1\n  + outdated              0\n  + rejected              0\n\
         the database contains: 1 crime, 1 suspect of them, 1 victim, 2 people; reported from 2026-06-01 to 2026-06-01\n"
    );
}

#[test]
fn refusals_and_issues_are_in_the_json_account_with_an_example() {
    let desk = Desk::new();
    let account = desk.load_text(
        "crime_id,code,reported_on,suspect_id,suspect_age\nC1,8N,soon,P1,\nC2,8N,2026-06-01,P1,-1\n",
        &[],
    );
    assert_eq!(
        account["refusals"],
        serde_json::json!([{
            "what": "report date not understood; year-month-day or day/month/year", "rows": 1, "example": "extract.csv line 2",
        }])
    );
    assert_eq!(
        account["issues"],
        serde_json::json!([{
            "what": "suspect_age not understood or not possible: blanked", "rows": 1, "example": "extract.csv line 3: -1",
        }])
    );
}

#[test]
fn rows_refused_are_reported_and_the_load_succeeds() {
    let desk = Desk::new();
    desk.write("extract.csv", "crime_id,code,reported_on\nC1,8N,soon\nC2,8N,2026-06-01\n");
    assert_eq!(desk.run(&["load", "extract.csv"]).code, Some(0));
}

#[test]
fn wrong_use_of_load_is_exit_2_and_changes_nothing() {
    let desk = Desk::new();
    desk.write("extract.csv", EXTRACT);
    let before = desk.whole_fingerprint();
    let cases: [(&[&str], &str); 9] = [
        (&["load"], "<PATH>"),
        (
            &["load", "extract.csv", "--extract-date", "31/02/2026"],
            "--extract-date: \"31/02/2026\" is not a day",
        ),
        (&["load", "extract.csv", "--full", "2026-06-01"], "--full: \"2026-06-01\" is not a span of days"),
        (&["load", "extract.csv", "--full", "2026-06-01..soon"], "--full: \"soon\" is not a day"),
        (&["load", "extract.csv", "--adaptor", "flat"], "--adapter"),
        (&["load", "extract.csv", "--threads", "0"], "--threads"),
        (&["load", "extract.csv", "--memory", "lots"], "--memory"),
        (&["load", "extract.csv", "--format", "xml"], "xml"),
        (&["lood", "extract.csv"], "load"),
    ];
    for (arguments, part) in cases {
        assert_contains(&desk.run(arguments).failed(2), &[part]);
        let problems = desk.run(&[arguments, &["--errors", "json"]].concat()).problems(2);
        assert_eq!(text(&problems[0]["kind"]), "usage", "{arguments:?}");
    }
    assert_eq!(desk.whole_fingerprint(), before);
}

#[test]
fn a_span_that_ends_before_it_begins_is_wrong_use() {
    let desk = Desk::new();
    desk.write("extract.csv", EXTRACT);
    desk.run(&["load", "extract.csv", "--full", "2026-06-30..2026-06-01"]).failed(2);
    assert_eq!(desk.row("select count(*) from load_batch"), "0");
}

#[test]
fn errors_in_json_are_one_object_a_problem_with_kind_message_hint_and_place() {
    let desk = Desk::new();
    desk.write("extract.csv", "id,offence\nC1,8N\n");
    for flag in [&["--errors", "json"][..], &["--errors=json"]] {
        let problems = desk.run(&[&["load", "extract.csv"], flag].concat()).problems(1);
        assert_eq!(problems.len(), 3);
        for problem in &problems {
            let names: Vec<_> = problem.as_object().expect("object").keys().map(String::as_str).collect();
            assert_eq!(names, ["kind", "message", "hint", "at"]);
        }
    }
}

#[test]
fn the_number_of_threads_changes_neither_tables_nor_reports() {
    // More rows than one row group of the engine holds, so that threads share the work; many ties.
    let mut extract =
        "crime_id,code,reported_on,is_domestic,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex\n"
            .to_owned();
    let draw = |number: u64| (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    for row in 0..150_000_u64 {
        // Two rows a crime, each with a suspect of its own.
        let crime = draw(row / 2);
        let code = ["19C", "8N", "105A", "8Q", "3B", "NFS"][usize::try_from(crime % 6).expect("small")];
        let (month, day) = (1 + crime / 11 % 6, 1 + crime / 13 % 28);
        let (suspect, victim) = (draw(row) % 60_000, crime / 7 % 70_000);
        writeln!(
            extract,
            "C{},{code},2026-{month:02}-{day:02},{},P{suspect},M,{},V{victim},F",
            row / 2,
            crime % 2,
            1940 + suspect % 60,
        )
        .expect("written");
    }
    let mut seen: Vec<(_, String)> = Vec::new();
    for threads in ["1", "2", "4"] {
        let desk = Desk::holding(&extract, &["--threads", threads]);
        let list = desk.run(&["report", "v100", "--threads", threads]).succeeded();
        let coverage = desk
            .run(&["report", "coverage", "--show", "all", "--format", "csv", "--threads", threads])
            .succeeded();
        seen.push((desk.whole_fingerprint(), list + &coverage));
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
}
