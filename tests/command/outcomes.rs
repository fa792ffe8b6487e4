//! What followed a kept list, counted by hand; and the decision to adopt it.

use crate::support::{Desk, assert_contains, text};
use serde_json::Value as Json;

/// On 31 January P1 (two rapes, the first on the day before the thirty) and P2 stand above a cut of two, P3 and P4 below it. Rapes are 1825 days, ABH is 10.
const BEFORE: &str = "\
crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex
A1,19C,2026-01-01,P1,M,1990,V1,F
A2,19C,2026-01-20,P1,M,1990,V2,F
A3,19C,2026-01-02,P2,M,1980,V3,F
A4,8N,2026-01-03,P3,M,1980,V4,F
A5,105A,2026-01-04,P4,M,1980,V5,F
";

/// Within 30 days of it: P2 on the last day. Within 90: P1 and P3. A crime of no weight in the list's scope for P4.
const AFTER: &str = "\
A6,8N,2026-03-02,P2,M,1980,V3,F
A7,8N,2026-03-03,P1,M,1990,V3,F
A8,8N,2026-03-04,P3,M,1980,V3,F
A9,46,2026-03-05,P4,M,1980,V3,M
";

fn held() -> (Desk, String) {
    let desk = Desk::holding(BEFORE, &["--extract-date", "2026-01-31"]);
    let id = desk.run(&["report", "v100", "--limit", "2", "--archive"]).succeeded().trim().to_owned();
    desk.load_text(&format!("{BEFORE}{AFTER}"), &["--extract-date", "2026-05-31"]);
    desk.write(
        "actions.csv",
        "person_id,acted_on,kind,reason\nP1,2026-03-02,arrest,R1\nP1,2026-03-03,charge,\nP2,2026-01-31,arrest,\n\
         P3,2026-02-10,removed,R2\nP4,2026-03-03,safeguarding,\n",
    );
    // Twice the same ten days, and from the day before the list.
    desk.write(
        "custody.csv",
        "person_id,from_on,to_on\nP1,2026-02-01,2026-02-10\nP1,2026-02-05,2026-02-10\nP3,2026-01-20,2026-02-02\n",
    );
    desk.load(&["--actions", "actions.csv", "--custody", "custody.csv", "--extract-date", "2026-05-31"]);
    (desk, id)
}

fn outcomes(desk: &Desk, id: &str, flags: &[&str]) -> Json {
    let all = [&["runs", "outcomes", id, "--format", "json"], flags].concat();
    serde_json::from_str(&desk.run(&all).succeeded()).expect("JSON")
}

/// `people within: persons with_action before after liberty harm_before harm_after`.
fn lines(report: &Json) -> Vec<String> {
    let rows = report["rows"].as_array().expect("rows");
    rows.iter()
        .map(|row| {
            format!(
                "{} {}: {} {} {} {} {} {} {} {}",
                text(&row["people"]),
                row["within_days"],
                row["persons"],
                row["with_action"],
                row["crimes_before"],
                row["crimes_after"],
                row["days_at_liberty"],
                row["harm_days_before"],
                row["harm_days_after"],
                row["is_over"]
            )
        })
        .collect()
}

#[test]
fn what_followed_is_counted_by_person_day_and_crime_above_the_cut_first() {
    let (desk, id) = held();
    let report = outcomes(&desk, &id, &[]);
    assert_eq!(
        lines(&report),
        [
            "just above the cut 30: 2 1 2 1 50 3650 10 true",
            "just below the cut 30: 2 0 2 0 58 11 0 true",
            "just above the cut 90: 2 1 3 2 170 5475 20 true",
            "just below the cut 90: 2 1 2 1 178 11 10 true",
            "just above the cut 365: 2 1 3 2 230 5475 20 false",
            "just below the cut 365: 2 1 2 1 238 11 10 false",
            "all listed 30: 2 1 2 1 50 3650 10 true",
            "the next hundred 30: 2 0 2 0 58 11 0 true",
            "all listed 90: 2 1 3 2 170 5475 20 true",
            "the next hundred 90: 2 1 2 1 178 11 10 true",
            "all listed 365: 2 1 3 2 230 5475 20 false",
            "the next hundred 365: 2 1 2 1 238 11 10 false",
        ]
    );
    let notes = report["meta"]["notes"].to_string();
    assert_contains(
        &notes,
        &[
            "above against below",
            "within 90 days: ",
            "before against after alone tells nothing",
            "the 365 days are not over: the data reach to 2026-05-31",
        ],
    );
    assert_contains(text(&report["meta"]["statement"]), &["not an experiment"]);
}

#[test]
fn the_band_is_nearest_to_the_cut() {
    let (desk, id) = held();
    let report = outcomes(&desk, &id, &["--band", "1"]);
    assert_eq!(
        lines(&report)[..2],
        ["just above the cut 30: 1 0 1 1 30 1825 10 true", "just below the cut 30: 1 0 1 0 28 10 0 true"],
        "P2 and P3"
    );
}

#[test]
fn who_is_restricted_or_forgotten_is_left_out_and_counted() {
    let (desk, id) = held();
    desk.run(&["restrict", "--person", "P2", "--why", "contested"]).succeeded();
    let report = outcomes(&desk, &id, &[]);
    assert_contains(&lines(&report)[0], &["just above the cut 30: 1 1 1 0 20"]);
    assert_contains(
        &report["meta"]["notes"].to_string(),
        &["0 of the list or the next hundred are no longer held, 1 are restricted"],
    );
    desk.run(&["forget", "--person", "P3", "--why", "order"]).succeeded();
    assert_contains(&lines(&outcomes(&desk, &id, &[]))[1], &["just below the cut 30: 1 0 1 0 30"]);
}

#[test]
fn a_list_that_does_not_say_who_stood_next_to_it_is_refused() {
    let (desk, id) = held();
    desk.run(&["report", "v100", "-o", "list.csv"]).succeeded();
    assert_contains(
        &desk.run(&["runs", "outcomes", "list.csv"]).failed(2),
        &["kept no evidence", "--archive"],
    );
    let local = desk.run(&["report", "v100", "--min-victims", "2", "--archive"]).succeeded();
    assert_contains(&desk.run(&["runs", "outcomes", local.trim()]).failed(2), &["it was cut by min_victims"]);
    desk.run(&["runs", "outcomes", &id, "--band", "0"]).failed(2);
    desk.run(&["runs", "outcomes", &id, "-o", "o.xlsx"]).succeeded();
}

#[test]
fn a_list_is_adopted_by_a_role_and_every_decision_stays() {
    let (desk, id) = held();
    let adopt = |role: &str, note: &str| desk.run(&["runs", "adopt", &id, "--role", role, "--note", note]);
    let said = adopt("superintendent", "first ten to be visited").succeeded();
    assert_eq!(said, format!("{id} is recorded as adopted by superintendent\n"));
    adopt("panel", "all of it").succeeded();
    let shown = desk.run(&["runs", "show", &id]).succeeded();
    assert_contains(&shown, &["by superintendent (", "): first ten to be visited\n", "by panel ("]);
    assert_contains(&desk.run(&["runs", "list"]).succeeded(), &["2 rows, adopted by panel\n"]);
    let verified = desk.run(&["runs", "verify", &id]).succeeded();
    assert_contains(&verified, &["identical"]);
    adopt("", "x").failed(2);
    adopt("panel", " ").failed(2);
    desk.run(&["report", "v100", "-o", "list.csv"]).succeeded();
    let stderr = desk.run(&["runs", "adopt", "list.csv", "--role", "panel", "--note", "x"]).failed(2);
    assert_contains(&stderr, &["only a run in an archive is adopted", "--archive"]);
}

#[test]
fn actions_are_a_list_that_is_checked_replaced_and_taken_back() {
    let (desk, _) = held();
    let before = desk.fingerprint();
    desk.write(
        "more.csv",
        "person_id,acted_on,kind\nP1,2026-03-02,Arrest\nP9,2026-03-09,conviction\n,2026-03-09,arrest\nP1,soon,arrest\nP1,2026-03-09,stern word\n",
    );
    let account = desk.load(&["--actions", "more.csv", "--extract-date", "2026-06-01"]);
    assert_eq!(account["rows_refused"], 3);
    assert_eq!(account["rows_new"], 2, "the first had a reason before");
    assert_eq!(
        desk.rows("select person_id, kind, person_key is null from action order by all"),
        ["P1|arrest|false", "P9|conviction|true"]
    );
    assert_eq!(desk.row("select count(*) from action_history"), "5");
    let account = desk.load(&["--actions", "more.csv", "--extract-date", "2026-05-30"]);
    assert_eq!(account["rows_outdated"], 2, "an older list does not replace a newer one");
    desk.run(&["loads", "undo", "5"]).succeeded();
    desk.run(&["loads", "undo", "4"]).succeeded();
    assert_eq!(desk.fingerprint(), before);
}
