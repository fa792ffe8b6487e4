//! Rule 9 where rows say different things of one suspect, victim or person, and where lists end: told, never silent.

use super::balance;
use crate::support::{Desk, assert_contains};

const HEAD: &str =
    "crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,suspect_status,victim_id,victim_sex\n";
const ISSUES: &str = "select crime_id, column_name, issue from load_issue order by all";

#[test]
fn a_suspect_whose_rows_all_say_it_has_ended_is_not_counted() {
    let rows = "G1,19C,2026-06-01,S1,M,1980,acquitted,V1,F\nG1,19C,2026-06-01,S1,M,1980,eliminated,V2,F\n";
    let desk = Desk::holding(&format!("{HEAD}{rows}"), &[]);
    assert_eq!(desk.row("select status from suspect"), "acquitted");
    assert!(desk.list(&[]).is_empty());
    assert_eq!(desk.rows(ISSUES), ["G1|suspect_status|the rows of a suspect disagree: the furthest taken"]);
}

#[test]
fn what_rows_of_a_suspect_or_a_victim_disagree_on_is_noted() {
    let rows = "G1,19C,2026-06-01,S1,M,1980,named,V1,F\nG1,19C,2026-06-01,S1,F,1981,charged,V1,M\n";
    let desk = Desk::holding(&format!("{HEAD}{rows}"), &[]);
    assert_eq!(desk.row("select status from suspect"), "charged");
    assert_eq!(
        desk.rows(ISSUES),
        [
            "G1|suspect_birth|the rows of a suspect disagree: blanked",
            "G1|suspect_sex|the rows of a suspect disagree: blanked",
            "G1|suspect_status|the rows of a suspect disagree: the furthest taken",
            "G1|victim_sex|the rows of a victim disagree: taken as female",
        ]
    );
}

#[test]
fn suspects_and_victims_whose_rows_agree_raise_no_doubt() {
    let rows = "G1,19C,2026-06-01,S1,M,1980,named,V1,F\nG1,19C,2026-06-01,S2,F,1981,charged,V1,F\n";
    let desk = Desk::holding(&format!("{HEAD}{rows}"), &[]);
    assert_eq!(desk.row("select count(*) from load_issue"), "0");
}

#[test]
fn a_bad_value_of_a_person_is_blanked_and_noted() {
    let desk = Desk::new();
    desk.write("persons.csv", "person_id,sex,birth\nN1,Q,1980\nN2,F,31/31/1980\nN7,M,1980\nN7,F,1990\n");
    desk.write("deaths.csv", "person_id,died_on\nN1,31/02/2026\n");
    let account =
        desk.load(&["--persons", "persons.csv", "--deaths", "deaths.csv", "--extract-date", "2026-06-30"]);
    assert_eq!(balance(&account), [5, 0, 0, 0, 0], "{account}");
    assert_eq!(
        desk.rows(ISSUES),
        [
            "-|suspect_birth|not understood or not possible: blanked",
            "-|suspect_birth|the rows of a person disagree: the greater taken",
            "-|suspect_died_on|not understood or not possible: blanked",
            "-|suspect_sex|not understood or not possible: blanked",
            "-|suspect_sex|the rows of a person disagree: the greater taken",
        ]
    );
    assert_eq!(desk.rows("select person_id, sex, birth_year from person order by all")[0], "N1|-|1980");
    // It is not kept about whom: who forgets anybody forgets it.
    desk.run(&["forget", "--person", "N2", "--why", "request"]).succeeded();
    assert_eq!(desk.row("select count(bad_value) from load_issue"), "0");
}

#[test]
fn what_crimes_of_one_person_disagree_on_is_noted_and_the_latest_report_counts() {
    let rows = "G1,19C,2026-06-01,S1,M,1980,named,V1,F\nG2,19C,2026-06-05,S1,F,1990,named,V1,F\n\
                G3,19C,2026-06-03,S2,M,1970,named,S1,M\n";
    let desk = Desk::holding(&format!("{HEAD}{rows}"), &[]);
    assert_eq!(desk.row("select sex, birth_year from person where person_id = 'S1'"), "F|1990");
    let said = "the crimes of a person disagree: the word of the latest report taken";
    assert_eq!(desk.rows(ISSUES), [format!("G1|birth|{said}"), format!("G1|sex|{said}")]);
    let shown = desk.run(&["loads", "show", "1"]).succeeded();
    assert_contains(&shown, &["kept, but doubted", "sex the crimes of a person disagree", "line 2"]);
}

#[test]
fn the_word_of_a_table_of_people_is_not_doubted_for_what_crimes_say() {
    let desk = Desk::new();
    desk.write("c.csv", "crime_id,code,reported_on\nC1,19C,2026-06-01\nC2,19C,2026-06-02\n");
    desk.write("v.csv", "crime_id,person_id,sex\nC1,P1,F\nC2,P1,M\n");
    desk.write("p.csv", "person_id,sex\nP1,F\n");
    desk.load(&["--crimes", "c.csv", "--victims", "v.csv", "--persons", "p.csv"]);
    assert_eq!(desk.row("select sex from person"), "F");
    assert_eq!(desk.row("select count(*) from load_issue"), "0");
}

/// A file without a header has a first row that others number from the line of the header.
#[test]
fn a_doubt_names_the_line_of_a_file_without_a_header() {
    let desk = Desk::new();
    desk.write("c.csv", "crime_id,code,reported_on\nC1,19C,2026-06-01\n");
    desk.write("v.jsonl", "{\"crime_id\":\"C1\",\"age\":\"250\"}\n{\"crime_id\":\"C1\",\"age\":\"251\"}\n");
    let account = desk.load(&["--crimes", "c.csv", "--victims", "v.jsonl"]);
    assert_eq!(account["issues"][0]["rows"], 2);
    assert_eq!(account["issues"][0]["example"], "v.jsonl line 1: 250");
}

/// Crimes named by victims alone have their day of report from the record.
#[test]
fn the_latest_report_counts_for_crimes_that_are_held_too() {
    let desk = Desk::new();
    desk.write("c.csv", "crime_id,code,reported_on\nC1,19C,2026-05-01\nC2,19C,2026-06-01\n");
    desk.load(&["--crimes", "c.csv", "--extract-date", "2026-06-02"]);
    desk.write("v.csv", "crime_id,person_id,sex\nC1,V1,M\nC2,V1,F\n");
    let account = desk.load(&["--victims", "v.csv", "--extract-date", "2026-06-03"]);
    assert_eq!(desk.row("select sex from person"), "F");
    assert_eq!(account["issues"][0]["example"], "v.csv line 2", "{account}");
}

#[test]
fn what_is_refused_changes_nobody_and_raises_no_doubt() {
    let desk = Desk::holding(&format!("{HEAD}C1,19C,2026-06-01,S1,M,1980,named,V1,F\n"), &[]);
    let before = desk.rows("select person_id, sex from person order by 1");
    desk.write("v.csv", "crime_id,person_id,sex,age\nNONE1,V1,M,250\nNONE2,V1,F,30\nNONE3,Q1,F,30\n");
    let account = desk.load(&["--victims", "v.csv", "--extract-date", "2026-06-20"]);
    assert_eq!(balance(&account), [0, 0, 0, 0, 3]);
    assert_eq!(account["issues"], serde_json::json!([]));
    assert_eq!(desk.rows("select person_id, sex from person order by 1"), before);
    assert_eq!(desk.row("select sex from victim"), "F");
}

#[test]
fn no_day_after_the_extract_is_known_of_a_suspect() {
    let rows = "crime_id,code,reported_on,suspect_id,suspect_died_on,suspect_status_on,named_on\n\
                G1,19C,2026-06-01,S1,2099-01-01,2026-07-02,2026-07-01\n\
                G2,19C,2026-06-01,S2,2026-06-30,2026-06-30,2026-06-30\n";
    let desk = Desk::holding(rows, &["--extract-date", "2026-06-30"]);
    let held = "select person_id, died_on, status_on, named_on from suspect join person using (person_key) order by 1";
    assert_eq!(desk.rows(held), ["S1|-|-|-", "S2|2026-06-30|2026-06-30|2026-06-30"]);
    let issue = "after the extract: blanked";
    let columns = ["named_on", "suspect_died_on", "suspect_status_on"];
    assert_eq!(desk.rows(ISSUES), columns.map(|column| format!("G1|{column}|{issue}")));
}

#[test]
fn crimes_are_declared_complete_only_by_files_that_hold_some() {
    let desk = Desk::holding(&format!("{HEAD}G1,19C,2026-06-01,S1,M,1980,named,V1,F\n"), &[]);
    let before = desk.whole_fingerprint();
    desk.write("persons.csv", "person_id,sex\nS1,M\n");
    desk.write("none.csv", HEAD);
    let full = ["--full", "2026-01-01..2026-06-30", "--extract-date", "2026-06-30"];
    let stderr = desk.run(&[&["load", "--persons", "persons.csv"], &full[..]].concat()).failed(2);
    assert_contains(&stderr, &["--full", "no file holds crimes", "--crimes FILE"]);
    let stderr = desk.run(&[&["load", "none.csv"], &full[..]].concat()).failed(1);
    assert_contains(&stderr, &["the files hold no crime; nothing was changed", "would be withdrawn"]);
    assert_eq!(desk.whole_fingerprint(), before);
}

#[test]
fn what_a_list_given_whole_no_longer_has_is_counted() {
    let desk = Desk::holding(&format!("{HEAD}G1,19C,2026-06-01,S1,M,1980,named,V1,F\n"), &[]);
    let head = "person_id,from_on,review_on,decided_by,reason\n";
    let list = |rows: &str, day: &str| {
        desk.write("left_out.csv", format!("{head}{rows}"));
        desk.load(&["--exclusions", "left_out.csv", "--extract-date", day])["lists_ended"].clone()
    };
    let (one, other) = ("S1,2026-01-01,2027-01-01,DI,moved\n", "S2,2026-01-01,2027-01-01,DI,abroad\n");
    assert_eq!(list(&format!("{one}{other}"), "2026-06-10"), serde_json::json!({}));
    assert_eq!(list(one, "2026-06-11"), serde_json::json!({ "exclusion": 1 }));
    assert_eq!(list(one, "2026-06-12"), serde_json::json!({}));
    assert_eq!(list("", "2026-06-13"), serde_json::json!({ "exclusion": 1 }));
    assert_contains(
        &desk.run(&["loads", "show", "5"]).succeeded(),
        &["1 decision to leave somebody out ended: not in the list that was given"],
    );
}

#[test]
fn a_column_by_another_known_name_is_not_passed_over_in_silence() {
    let desk = Desk::new();
    desk.write("extract.csv", "crime_id,code,reported_on,Victim Gender,Officer\nG1,8N,2026-06-01,F,PC1\n");
    let told = desk.run(&["load", "extract.csv", "--dry-run"]).succeeded();
    assert_contains(
        &told,
        &[
            "the column \"Victim Gender\" was not read; is it victim_sex? then: --map 'Victim Gender=victim_sex'",
        ],
    );
    assert!(!told.contains("is it officer"), "{told}");
    let draft = desk.run(&["adapter", "new", "extract.csv"]).succeeded();
    assert_contains(&draft, &["\"Victim Gender\" as victim_sex"]);
}

#[test]
fn a_birth_or_a_sex_that_is_not_understood_has_to_be_decided() {
    let desk = Desk::new();
    desk.write(
        "extract.csv",
        "crime_id,code,reported_on,is_domestic,suspect_id,suspect_sex,suspect_birth,suspect_age,victim_id,victim_sex\n\
         K1,19C,2026-06-01,yes,N1,M,20130512,,V1,F\nK2,19C,2026-06-01,DA,N2,M,,under 18,V2,Woman\n\
         K3,19C,2026-06-01,no,N3,M,unknown,,V3,unknown\n",
    );
    let told = desk.run(&["load", "extract.csv", "--dry-run"]).succeeded();
    assert_contains(
        &told,
        &[
            "births and ages not understood: 2 values are left blank",
            "may be a child on a list; 2 of 3",
            "sex or domestic-abuse flag not understood: 2 values are left blank",
            "victim_sex Woman (1)",
        ],
    );
    let refused = desk.run(&["load", "extract.csv", "--strict"]).failed(1);
    assert_contains(&refused, &["births and ages not understood"]);
    assert_eq!(desk.row("select count(*) from crime"), "0");
    // An erasure does not look at what was to be decided: no birth is kept there.
    desk.load(&["extract.csv"]);
    assert_eq!(
        desk.row("select examples::varchar from load_decision where topic like 'births%'"),
        "[extract.csv line 2, extract.csv line 3]"
    );
}

#[test]
fn what_a_status_means_is_said_once() {
    let desk = Desk::new();
    desk.write("extract.csv", "crime_id,code,reported_on,status\nK1,19C,2026-06-01,zed\n");
    for second in ["Zed=cancelled", "ZED=recorded"] {
        let call = ["load", "extract.csv", "--value", "zed=recorded", "--value", second];
        assert_contains(&desk.run(&call).failed(2), &["--value", "twice", "leave one of them out"]);
    }
    desk.load(&["extract.csv", "--value", "zed=recorded"]);
}
