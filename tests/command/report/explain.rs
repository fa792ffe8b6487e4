//! The explanation: every crime with its rule, days that add up, what comes next.

use super::held;
use crate::support::{Desk, assert_contains, text};
use serde_json::Value as Json;

/// Exact sum of decimals written with at most four places.
fn ten_thousandths(value: &Json) -> i128 {
    let digits = value.to_string();
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    format!("{whole}{part:0<4}").parse().unwrap_or_else(|_| panic!("no decimal: {value}"))
}

fn assert_explanations_add_up(desk: &Desk, flags: &[&str]) {
    let list = desk.report(&[&["v100", "--limit", "1000"], flags].concat());
    let people = list["rows"].as_array().expect("rows");
    assert!(!people.is_empty(), "{flags:?}");
    for person in people {
        let reference = text(&person["person_id"]);
        let explanation = desk.report(&[&["explain", "--person", reference], flags].concat());
        let counted: Vec<_> = explanation["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .filter(|row| row["is_counted"] == true)
            .collect();
        assert_eq!(Json::from(counted.len()), person["crimes"], "{reference} {flags:?}");
        for column in ["harm_days", "harm_days_low", "harm_days_high"] {
            let weighted = counted.iter().filter(|row| !row[column].is_null());
            let sum: i128 = weighted.map(|row| ten_thousandths(&row[column])).sum();
            assert_eq!(sum, ten_thousandths(&person[column]), "{column} of {reference} {flags:?}");
        }
        let unit = if ten_thousandths(&person["harm_days"]) == 10_000 { "day" } else { "days" };
        let rank = format!("{reference}: rank {} with {} {unit}", person["harm_rank"], person["harm_days"]);
        let notes = explanation["meta"]["notes"].as_array().expect("notes");
        assert!(notes.iter().any(|note| note["note"] == *rank), "{rank}: {notes:?}");
    }
}

#[test]
fn the_counted_days_of_an_explanation_add_up_to_the_score() {
    let desk = held();
    for flags in [
        &[][..],
        &["--scope", "all", "--weight-rule", "high", "--proactive", "include"],
        &["--window-days", "36500", "--min-age", "10", "--scope", "vawg-stat"],
        &["--scope", "domestic", "--historic", "exclude"],
    ] {
        assert_explanations_add_up(&desk, flags);
    }
}

#[test]
fn an_explanation_shows_each_crime_with_the_rule_that_left_it_out() {
    let explained = |person: &str| -> Vec<String> {
        let report = held().report(&["explain", "--person", person]);
        let rows = report["rows"].as_array().expect("rows");
        rows.iter()
            .map(|row| format!("{} {} {}", text(&row["crime_id"]), row["is_counted"], text(&row["reason"])))
            .collect()
    };
    assert_eq!(
        explained("N107"),
        ["C12 false detected by police", "C11 false crime is cancelled", "C10 false outside the scope"]
    );
    assert_eq!(explained("N104"), ["C06 true counted", "C07 false reported outside the window"]);
    assert_eq!(explained("N105"), ["C08 false under 18 or age uncertain"]);
    assert_eq!(explained("N106"), ["C09 true counted, but no weight in the index"]);
}

fn notes(report: &Json) -> Vec<&str> {
    report["meta"]["notes"].as_array().expect("notes").iter().map(|note| text(&note["note"])).collect()
}

#[test]
fn an_explanation_says_what_leaves_the_window_in_seven_days() {
    let desk = held();
    // Reported on 3 July 2025: the window of 30 June 2026 begins on 1 July 2025, a week later on 8 July.
    let line = |as_of: &str| {
        let report = desk.report(&["explain", "--person", "N102", "--as-of", as_of]);
        let found = notes(&report)
            .into_iter()
            .find(|note| note.contains("the window in the next"))
            .map(ToOwned::to_owned);
        found.unwrap_or_else(|| panic!("{report}"))
    };
    assert_eq!(
        line("2026-06-30"),
        "N102: 1 counted crime with 1825 days leaves the window in the next seven days"
    );
    assert_eq!(
        line("2026-06-26"),
        "N102: 1 counted crime with 1825 days leaves the window in the next seven days"
    );
    assert_eq!(
        line("2026-06-25"),
        "N102: 0 counted crimes with 0 days leave the window in the next seven days"
    );
    // The first day it is out, seven days after the first on which it was said to leave.
    assert_eq!(
        line("2026-07-03"),
        "N102: 0 counted crimes with 0 days leave the window in the next seven days"
    );
}

#[test]
fn explaining_a_crime_shows_each_of_its_suspects() {
    let desk = held();
    let report = desk.report(&["explain", "--crime", "C06"]);
    let people: Vec<_> =
        report["rows"].as_array().expect("rows").iter().map(|row| text(&row["person_id"])).collect();
    assert_eq!(people, ["N103", "N104"]);
    assert_contains(
        &notes(&report).join("\n"),
        &[
            "N103: rank 3 with 20 days",
            "N104: rank 4 with 10 days",
            "N104: this crime does not leave the window",
        ],
    );
}

#[test]
fn an_explanation_says_why_somebody_has_no_rank() {
    let desk = held();
    for (person, reason) in [
        ("N107", "N107: no rank, for no crime is counted"),
        ("N106", "N106: no rank, for no counted crime has a weight in the index"),
    ] {
        let report = desk.report(&["explain", "--person", person]);
        assert!(notes(&report).contains(&reason), "{:?}", notes(&report));
    }
    let report = desk.report(&["explain", "--person", "N109", "--min-crimes", "2"]);
    assert!(
        notes(&report)
            .contains(&"N109: no rank, for the list asks for more crimes, more victims or another place")
    );
}

#[test]
fn an_explanation_measures_the_distance_to_the_cut() {
    let desk = held();
    let cut = |person: &str, limit: &str| {
        let report = desk.report(&["explain", "--person", person, "--limit", limit]);
        notes(&report).into_iter().find(|note| note.contains("the cut-off at")).unwrap_or_default().to_owned()
    };
    assert_eq!(cut("N101", "2"), "N101: on the list; 9 days above the cut-off at 1826");
    assert_eq!(cut("N103", "2"), "N103: 1806 days short of the cut-off at 1826");
    assert_eq!(cut("N108", "4"), "N108: on the list; 0 days above the cut-off at 10");
}

#[test]
fn who_is_suspected_of_nothing_is_told_so() {
    let desk = held();
    desk.load_text(
        "crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex\n\
         Z1,8N,2026-06-01,,,,VZ1,F\n",
        &["--extract-date", "2026-06-30"],
    );
    let report = desk.report(&["explain", "--person", "VZ1"]);
    assert_eq!(notes(&report)[0], "VZ1: no rank, for no crime names them as a suspect");
    let report = desk.report(&["explain", "--crime", "Z1"]);
    assert_eq!(notes(&report)[0], "Z1: no suspect of it is named");
}
