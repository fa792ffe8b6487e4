//! Loads listed, shown again, tried and taken back (rule 6).

use super::balance;
use crate::support::{Desk, assert_contains};

const FIRST: &str = "\
crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex,victim_age
C1,19C,2026-06-01,P1,M,1990-04,V1,F,30
C2,8N,2026-06-02,P1,M,1990-04,V2,F,41
C3,8N,2026-06-02,P2,M,1980,V2,F,41
C3,8N,2026-06-02,P3,M,1980,V2,F,41
C4,8N,2026-06-03,P4,M,1970,V4,F,-1
";

/// Against the first: a birth corrected, a suspect ended, a crime gone from a complete extract, one said again,
/// one new with a code, a person and a refused row of its own.
const SECOND: &str = "\
crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex,victim_age
C1,19C,2026-06-01,P1,M,1991-04,V1,F,30
C2,8N,2026-06-02,P1,M,1991-04,V2,F,41
C3,8N,2026-06-02,P2,M,1980,V2,F,41
C9,105A,2026-06-09,P9,M,1985,V9,F,22
,105A,2026-06-09,P9,M,1985,V9,F,22
";

const COMPLETE: [&str; 4] = ["--extract-date", "2026-06-10", "--full", "2026-06-01..2026-06-10"];

#[test]
fn a_load_taken_back_leaves_every_table_as_it_was() {
    let desk = Desk::holding(FIRST, &["--extract-date", "2026-06-05"]);
    let mut before = desk.whole_fingerprint();
    desk.load_text(SECOND, &COMPLETE);
    assert_ne!(desk.fingerprint()["crime_history"], before["crime_history"], "it ends versions");
    assert_ne!(desk.fingerprint()["person_history"], before["person_history"], "it corrects people");
    desk.run(&["loads", "undo", "2"]).succeeded();
    let mut after = desk.whole_fingerprint();
    before.remove("load_undone");
    after.remove("load_undone");
    assert_eq!(after, before);
}

#[test]
fn a_load_said_again_on_a_later_day_can_be_taken_back_too() {
    let desk = Desk::holding(FIRST, &["--extract-date", "2026-06-05"]);
    let before = desk.fingerprint();
    let account = desk.load_text(FIRST, &["--extract-date", "2026-06-20"]);
    assert_eq!(balance(&account), [0, 0, 5, 0, 0]);
    assert_ne!(desk.fingerprint()["crime"], before["crime"], "they are confirmed on a later day");
    desk.run(&["loads", "undo", "2"]).succeeded();
    assert_eq!(desk.fingerprint(), before);
    let account = desk.load_text(SECOND, &["--extract-date", "2026-06-10"]);
    assert_eq!(balance(&account), [1, 3, 0, 0, 1], "the extract between is no longer outdated");
}

#[test]
fn only_the_newest_load_is_taken_back_and_its_number_is_not_given_again() {
    let desk = Desk::holding(FIRST, &["--extract-date", "2026-06-05"]);
    desk.load_text(SECOND, &COMPLETE);
    let before = desk.whole_fingerprint();
    let stderr = desk.run(&["loads", "undo", "1"]).failed(2);
    assert_contains(
        &stderr,
        &["load 1 is not the newest", "`harmrank loads undo 1 --with-later` undoes 2 as well"],
    );
    assert_eq!(desk.whole_fingerprint(), before);
    desk.run(&["loads", "undo", "2"]).succeeded();
    assert_contains(&desk.run(&["loads", "undo", "2"]).failed(2), &["load 2 was taken back on 2026-07-01"]);
    assert_contains(&desk.run(&["loads", "undo", "7"]).failed(2), &["no load 7", "loads: 1"]);
    assert_eq!(desk.load_text(SECOND, &COMPLETE)["batch_key"], 3);
}

#[test]
fn a_load_is_taken_back_with_all_after_it() {
    let desk = Desk::holding(FIRST, &["--extract-date", "2026-06-05"]);
    let mut before = desk.whole_fingerprint();
    desk.load_text(SECOND, &COMPLETE);
    desk.load_text(FIRST, &["--extract-date", "2026-06-20"]);
    desk.write("identities.csv", "person_id,is_person_id\nP1,P2\n");
    desk.load(&["--identities", "identities.csv", "--extract-date", "2026-06-21"]);
    let said = desk.run(&["loads", "undo", "2", "--with-later"]).succeeded();
    let newest_first: Vec<_> =
        said.lines().map(|line| line.split(" of ").next().unwrap_or_default()).collect();
    assert_eq!(newest_first, ["load 4", "load 3", "load 2", "the database contains: 4 crimes"]);
    let mut after = desk.whole_fingerprint();
    before.remove("load_undone");
    after.remove("load_undone");
    assert_eq!(after, before);
    let list = desk.run(&["loads", "list", "--format", "json"]).succeeded();
    let list: serde_json::Value = serde_json::from_str(&list).expect("JSON");
    let undone: Vec<_> = list.as_array().expect("a list").iter().map(|load| &load["undone_on"]).collect();
    assert!(undone[0].is_null() && undone[1..].iter().all(|day| *day == "2026-07-01"), "{undone:?}");
    assert_eq!(desk.load_text(SECOND, &COMPLETE)["batch_key"], 5);
}

/// Keys of people are given again: who comes next must not be left out by a decision about somebody else.
#[test]
fn a_decision_does_not_pass_to_who_comes_after_somebody_taken_back() {
    let desk = Desk::new();
    let row = |crime: &str, person: &str| {
        format!(
            "crime_id,code,reported_on,suspect_id,suspect_sex,victim_id,victim_sex\n\
             {crime},19C,2026-06-01,{person},M,V1,F\n"
        )
    };
    desk.load_text(&row("C1", "P1"), &["--extract-date", "2026-06-01"]);
    desk.write(
        "out.csv",
        "person_id,from_on,review_on,decided_by,reason\nP9,2026-01-01,2027-01-01,Superintendent,informant\n",
    );
    desk.load(&["--exclusions", "out.csv", "--extract-date", "2026-06-01"]);
    desk.load_text(&row("C2", "P9"), &["--extract-date", "2026-06-02"]);
    assert_eq!(desk.list(&[]), ["1 P1 1825"]);
    desk.run(&["loads", "undo", "3"]).succeeded();
    desk.load_text(&row("C3", "Q5"), &["--extract-date", "2026-06-03"]);
    assert_eq!(desk.list(&[]), ["1 P1 1825", "1 Q5 1825"]);
}

#[test]
fn loads_are_listed_and_shown_again() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["loads", "list"]).succeeded(), "nothing has been loaded\n");
    let account = desk.load_text(FIRST, &["--extract-date", "2026-06-05"]);
    let again = desk.run(&["loads", "show", "1", "--format", "json"]).succeeded();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&again).expect("JSON"), account);
    desk.load_text(SECOND, &COMPLETE);
    desk.run(&["loads", "undo", "2"]).succeeded();
    let list = desk.run(&["loads", "list"]).succeeded();
    assert_contains(&list, &["2026-06-05", "extract.csv (taken back on 2026-07-01)"]);
    assert_contains(&desk.run(&["loads", "show", "2"]).failed(2), &["was taken back"]);
}

#[test]
fn a_dry_run_gives_the_account_and_changes_nothing() {
    let desk = Desk::holding(FIRST, &["--extract-date", "2026-06-05"]);
    let before = desk.whole_fingerprint();
    desk.write("second.csv", SECOND);
    let dry = desk.load(&[&["second.csv", "--dry-run"][..], &COMPLETE[..]].concat());
    assert_eq!(desk.whole_fingerprint(), before);
    let mut real = desk.load(&[&["second.csv"][..], &COMPLETE[..]].concat());
    real["is_dry"] = true.into();
    assert_eq!(dry, real);
    let text = desk.run(&["load", "second.csv", "--dry-run"]).succeeded();
    assert_contains(&text, &["tried, not loaded", "the database would contain"]);
}

#[test]
fn files_that_do_not_speak_of_suspects_leave_them_as_they_are_held() {
    let desk = Desk::holding(FIRST, &["--extract-date", "2026-06-05"]);
    let people = "select crime_id, person_id, suspect.status from suspect join crime using (crime_key) \
                  join person using (person_key) order by all";
    let before = desk.rows(people);
    let said = "crime_id,code,reported_on\nC3,8P,2026-06-02\nC1,19C,2026-06-01\n";
    let account = desk.load_text(said, &["--extract-date", "2026-06-10"]);
    assert_eq!(balance(&account), [0, 1, 1, 0, 0], "the same word about C1 changes nothing");
    assert_eq!(desk.rows(people), before);
    assert_eq!(desk.row("select code from crime where crime_id = 'C3'"), "8P");
    let account = desk.load_text(
        "crime_id,code,reported_on,suspect_id\nC3,8P,2026-06-02,\n",
        &["--extract-date", "2026-06-11"],
    );
    assert_eq!(account["suspects_ended"], 2, "a file that speaks of suspects and names none ends them");
}
