//! Rule 9: a status that is given and not understood is not blank: it counts for nothing until somebody says what it means.

use crate::support::{Desk, assert_contains, lines};

const HEAD: &str = "crime_id,code,reported_on,status,suspect_id,suspect_sex,suspect_birth,suspect_status,victim_id,victim_sex\n";

fn extract(statuses: &[(&str, &str)]) -> String {
    let rows = statuses.iter().enumerate().map(|(number, (of_crime, of_suspect))| {
        format!("C{number},8N,2026-06-01,{of_crime},N{number},M,1990,{of_suspect},V{number},F")
    });
    HEAD.to_owned() + &lines(rows)
}

#[test]
fn fault_04_no_crime_is_not_ranked() {
    let words = [
        "No Crime",
        "NO-CRIME",
        "no crimed",
        "Cancelled - no crime",
        "Transferred to another force",
        "Duplicate",
    ];
    let desk = Desk::holding(&extract(&words.map(|word| (word, ""))), &[]);
    assert_eq!(
        desk.rows("select status from crime order by crime_id"),
        ["not_crime", "not_crime", "not_crime", "cancelled", "transferred", "cancelled"]
    );
    assert!(desk.list(&[]).is_empty());
    assert_eq!(desk.row("select count(*) from load_issue"), "0");
}

#[test]
fn fault_04_statuses_of_suspects_are_understood_as_systems_write_them() {
    let words = [
        ("Not Guilty", "acquitted"),
        ("Discontinued", "no_further_action"),
        ("NFA", "no_further_action"),
        ("Charge/Summons", "charged"),
        ("Postal Requisition", "charged"),
        ("Community Resolution", "cautioned"),
        ("Outcome 16", "no_further_action"),
        ("1", "charged"),
        ("22", "cautioned"),
        ("Found guilty", "convicted"),
    ];
    let desk = Desk::holding(&extract(&words.map(|(word, _)| ("", word))), &[]);
    let found =
        desk.rows("select suspect.status from suspect inner join crime using (crime_key) order by crime_id");
    assert_eq!(found, words.map(|(_, status)| status));
    assert_eq!(desk.list(&[]).len(), 9);
}

#[test]
fn fault_04_a_status_not_understood_counts_for_nothing_and_is_counted() {
    let desk = Desk::new();
    desk.write(
        "extract.csv",
        extract(&[("gibberish", ""), ("", "hmm"), ("Unknown", ""), ("", ""), ("recorded", "named")]),
    );
    let account = desk.run(&["load", "extract.csv"]).succeeded();
    assert_contains(
        &account,
        &[
            "DECIDE FIRST",
            "statuses not understood: 3 rows",
            "3 of 5, 60.0 %",
            "Unknown (1), gibberish (1), hmm (1)",
            "--value \"hmm=",
        ],
    );
    assert_eq!(desk.list(&[]), ["1 N3 10", "1 N4 10"]);
    let report = desk.run(&["report", "v100"]).succeeded();
    assert_contains(&report, &["2 crimes, 2 people: status not understood: that of the crime"]);
    assert_contains(&report, &["1 crime, 1 person: status not understood: that of the suspect"]);
    let explained = desk.run(&["report", "explain", "--person", "N1"]).succeeded();
    assert_contains(&explained, &["status not understood: that of the suspect"]);
    desk.run(&["loads", "undo", "1"]).succeeded();
    assert_eq!(desk.row("select count(*) from load_decision"), "0");
}

#[test]
fn fault_04_what_a_status_means_is_said_with_value_and_kept_with_the_load() {
    let desk = Desk::new();
    desk.write("extract.csv", extract(&[("Gone", ""), ("Alive", "Nicked")]));
    let flags = ["--value", "GONE=not_crime", "--value", "alive=recorded", "--value", "Nicked=arrested"];
    desk.load(&[&["extract.csv"], &flags[..]].concat());
    assert_eq!(desk.rows("select status from crime order by crime_id"), ["not_crime", "recorded"]);
    assert_eq!(desk.list(&[]), ["1 N1 10"]);
    let shown = desk.run(&["loads", "show", "1"]).succeeded();
    assert_contains(&shown, &["status as you said with --value: GONE=not_crime", "Nicked=arrested"]);
    let stderr = desk.run(&["load", "extract.csv", "--value", "Gone=not_crme"]).failed(2);
    assert_contains(&stderr, &["no status \"not_crme\"", "did you mean \"not_crime\"?"]);
}

#[test]
fn fault_04_strict_refuses_what_has_to_be_decided() {
    let desk = Desk::new();
    desk.write("extract.csv", extract(&[("gibberish", "")]));
    let stderr = desk.run(&["load", "extract.csv", "--strict"]).failed(1);
    assert_contains(&stderr, &["statuses not understood", "nothing was changed", "--value \"gibberish="]);
    assert_eq!(desk.row("select count(*) from load_batch"), "0");
    desk.load(&["extract.csv", "--strict", "--value", "gibberish=recorded"]);
    assert_eq!(desk.list(&[]), ["1 N0 10"]);
}

#[test]
fn fault_04_rows_that_disagree_on_a_status_do_not_count() {
    let desk = Desk::holding(
        &format!(
            "{HEAD}C1,8N,2026-06-01,recorded,N1,M,1990,,V1,F\nC1,8N,2026-06-01,No crime,N1,M,1990,,V1,F\n"
        ),
        &[],
    );
    assert_eq!(desk.row("select status from crime"), "not_understood");
    assert_eq!(
        desk.row("select issue from load_issue"),
        "the rows of the crime disagree: counts for nothing"
    );
    assert!(desk.list(&[]).is_empty());
}
