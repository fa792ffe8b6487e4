//! A record restricted: kept, out of every list, and nothing else said of it.

use crate::support::{Desk, assert_contains, text};

const EXTRACT: &str = "\
crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex,victim_age
C1,19C,2026-06-01,P1,M,1990-04,V1,F,30
C2,8N,2026-06-02,P1,M,1990-04,V2,F,41
C2,8N,2026-06-02,P2,M,1980,V2,F,41
C3,8N,2026-06-03,P3,M,1980,V2,F,41
";

fn held() -> Desk {
    let desk = Desk::holding(EXTRACT, &["--extract-date", "2026-06-05"]);
    desk.write("identities.csv", "person_id,is_person_id\nP3,P1\n");
    desk.load(&["--identities", "identities.csv", "--extract-date", "2026-06-05"]);
    desk
}

fn notes(report: &serde_json::Value, topic: &str) -> Vec<String> {
    let notes = report["meta"]["notes"].as_array().expect("notes");
    let of_topic = notes.iter().filter(|note| note["topic"] == topic);
    of_topic.map(|note| text(&note["note"]).to_owned()).collect()
}

#[test]
fn a_restricted_record_is_out_of_every_list_and_kept() {
    let desk = held();
    let before = desk.list(&[]);
    let held = desk.fingerprint();
    let said = desk.run(&["restrict", "--person", "P3", "--why", "accuracy contested"]).succeeded();
    assert_eq!(said, "restricted since 2026-07-01: kept as evidence, out of every list\n");
    assert_eq!(desk.list(&[]), ["1 P2 10"]);
    assert_eq!(desk.list(&["--known-on", "2026-06-05"]), ["1 P2 10"], "of any day");
    assert_contains(
        &notes(&desk.report(&["v100"]), "left out").join("\n"),
        &["3 crimes, 1 person: restricted"],
    );
    let mut now = desk.fingerprint();
    now.insert("restriction".to_owned(), held["restriction"].clone());
    assert_eq!(now, held, "the record is as it was");
    let said = desk.run(&["restrict", "--person", "P1", "--why", "again"]).succeeded();
    assert_eq!(said, "restricted already, since 2026-07-01\n");
    desk.run(&["restrict", "--person", "P1", "--lift", "--why", "settled"]).succeeded();
    assert_eq!(desk.list(&[]), before);
    let stderr = desk.run(&["restrict", "--person", "P1", "--lift", "--why", "settled"]).failed(2);
    assert_contains(&stderr, &["no restriction stands"]);
}

#[test]
fn fault_36_who_is_restricted_now_is_listed_and_the_ledger_knows_who_asked() {
    let desk = held();
    let listed = |flags: &[&str]| desk.run(&[&["restrict", "list", "--format", "csv"], flags].concat());
    assert_eq!(listed(&[]).succeeded(), "person_id,restricted_on,reason,also_known_as\n");
    desk.run(&["restrict", "--person", "P3", "--why", "accuracy contested"]).succeeded();
    desk.run(&["restrict", "--person", "P2", "--why", "court order"]).succeeded();
    assert_eq!(
        listed(&["--reason", "review"]).succeeded(),
        "person_id,restricted_on,reason,also_known_as\n\
         P2,2026-07-01,court order,\nP3,2026-07-01,accuracy contested,P1\n"
    );
    desk.run(&["restrict", "--person", "P1", "--lift", "--why", "settled"]).succeeded();
    assert_eq!(listed(&[]).succeeded().lines().skip(1).collect::<Vec<_>>(), ["P2,2026-07-01,court order,"]);
    let shown = desk.run(&["ledger", "show", "--format", "csv"]).succeeded();
    assert_eq!(shown.matches("restrict list").count(), 3, "{shown}");
    // Without the list, a person and a reason are asked for.
    desk.run(&["restrict"]).failed(2);
    desk.run(&["restrict", "--person", "P1"]).failed(2);
}

#[test]
fn explain_says_that_and_nothing_else() {
    let desk = held();
    desk.run(&["restrict", "--person", "P1", "--why", "accuracy contested"]).succeeded();
    for person in ["P1", "P3"] {
        let report = desk.report(&["explain", "--person", person]);
        assert_eq!(report["rows"].as_array().expect("rows").len(), 0);
        let notes = report["meta"]["notes"].as_array().expect("notes");
        assert_eq!(notes.len(), 1, "{notes:?}");
        assert_eq!(notes[0]["note"], format!("{person}: the record is restricted"));
    }
    let report = desk.report(&["explain", "--crime", "C2"]);
    assert_eq!(report["rows"].as_array().expect("rows").len(), 1);
    assert_eq!(report["rows"][0]["person_id"], "P2");
    assert_eq!(notes(&report, "restricted"), ["1 suspect of this crime not shown: the record is restricted"]);
}

#[test]
fn the_evidence_of_an_archived_run_does_not_hold_it_and_a_slip_does_not_suggest_it() {
    let desk = held();
    desk.run(&["restrict", "--person", "P1", "--why", "accuracy contested"]).succeeded();
    let id = desk.run(&["report", "v100", "--archive"]).succeeded();
    let evidence = desk.path("harmrank-runs").join(id.trim()).join("evidence.parquet");
    assert_eq!(desk.rows(&format!("select distinct person_id from '{}'", evidence.display())), ["P2"]);
    let stderr = desk.run(&["report", "explain", "--person", "P11"]).failed(2);
    assert!(!stderr.contains("P1,") && !stderr.contains("P1?") && !stderr.contains("P3"), "{stderr}");
}

#[test]
fn it_follows_the_person_through_merges() {
    let desk = held();
    desk.run(&["restrict", "--person", "P3", "--why", "accuracy contested"]).succeeded();
    desk.write("none.csv", "person_id,is_person_id\n");
    desk.load(&["--identities", "none.csv", "--extract-date", "2026-06-06"]);
    assert_eq!(desk.list(&[]).len(), 2, "P1 and P2: P3 alone was restricted");
    assert!(!desk.list(&[]).iter().any(|line| line.contains("P3")));
}

#[test]
fn nobody_unknown_is_restricted_and_a_reason_is_needed() {
    let desk = held();
    assert_contains(
        &desk.run(&["restrict", "--person", "P9", "--why", "x"]).failed(2),
        &["no person \"P9\" in the database"],
    );
    desk.run(&["restrict", "--person", "P1"]).failed(2);
    desk.run(&["restrict", "--person", "P1", "--why", ""]).failed(2);
}

#[test]
fn retention_lists_what_is_past_its_review() {
    let desk = held();
    desk.write(
        "exclusions.csv",
        "person_id,from_on,review_on,decided_by,reason\nP2,2025-06-01,2026-06-01,superintendent,informant\n",
    );
    desk.load(&["--exclusions", "exclusions.csv", "--extract-date", "2026-06-06"]);
    desk.run(&["restrict", "--person", "P1", "--why", "accuracy contested"]).succeeded();
    let due = |flags: &[&str]| -> Vec<String> {
        let report = desk.report(&[&["retention"], flags].concat());
        let rows = report["rows"].as_array().expect("rows").clone();
        rows.iter()
            .map(|row| format!("{} {} {}", text(&row["kind"]), text(&row["reference"]), text(&row["due_on"])))
            .collect()
    };
    assert_eq!(due(&[]), ["exclusion P2 2026-06-01"]);
    assert_eq!(due(&["--as-of", "2026-05-31"]), Vec::<String>::new());
    assert_eq!(
        due(&["--as-of", "2032-06-03", "--kind", "person,crime,restriction"]),
        [
            "restriction P1 2027-07-01",
            "crime C1 2032-06-01",
            "person V1 2032-06-01",
            "crime C2 2032-06-02",
            "person P2 2032-06-02",
            "crime C3 2032-06-03",
            "person V2 2032-06-03",
        ]
    );
}

#[test]
fn who_is_restricted_now_is_in_no_comparison_of_lists() {
    let desk = held();
    desk.run(&["report", "v100", "--archive"]).succeeded();
    desk.run(&["restrict", "--person", "P2", "--why", "accuracy contested"]).succeeded();
    desk.run(&["report", "v100", "--archive"]).succeeded();
    let moved = desk.run(&["runs", "diff", "--since", "last"]).succeeded();
    assert!(!moved.contains("P2"), "{moved}");
    assert_contains(&moved, &["1 person of these lists is not shown: the record is restricted"]);
    let moved = desk.run(&["runs", "diff", "--since", "last", "--format", "csv"]).succeeded();
    assert!(!moved.contains("P2"), "{moved}");
}
