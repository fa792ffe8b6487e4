//! Ethnicity, religion and the like: in a file of their own, by loads of their own, and nowhere else.

use super::balance;
use crate::support::{Desk, assert_contains, fingerprint, rows};
use duckdb::{AccessMode, Config, Connection};
use memchr::memmem::find;
use std::os::unix::fs::PermissionsExt;

const CRIMES: &str = "\
crime_id,code,reported_on,suspect_id,victim_id
C1,19C,2026-06-01,QX7701,QV1
C2,8N,2026-06-01,QX7702,QX7701
";

const FIRST: &str = "\
Person ID,Ethnicity,Religion
QX7701,BLACKMARK,CREEDMARK
QX7702,W1,
";

fn desk() -> Desk {
    Desk::holding(CRIMES, &["--extract-date", "2026-06-02"])
}

fn load(desk: &Desk, text: &str, day: &str) -> [i64; 5] {
    desk.write("protected.csv", text);
    balance(&desk.load(&["--protected", "protected.csv", "--extract-date", day]))
}

fn connection(desk: &Desk) -> Connection {
    let config = Config::default().access_mode(AccessMode::ReadOnly).expect("configured");
    Connection::open_with_flags(desk.path("harmrank.protected.duckdb"), config).expect("opened")
}

fn held(desk: &Desk) -> Vec<String> {
    rows(&connection(desk), "select person_id, ethnicity, religion, known_from from protected order by 1")
}

/// The files below the folder of the desk that hold the letters, but for the extract itself.
fn files_with(desk: &Desk, letters: &str) -> Vec<String> {
    let names = desk.all_names();
    let files = names.into_iter().filter(|name| name != "protected.csv" && desk.path(name).is_file());
    files
        .filter(|name| find(&std::fs::read(desk.path(name)).expect("read"), letters.as_bytes()).is_some())
        .collect()
}

#[test]
fn they_go_into_a_file_of_their_own_and_nowhere_else() {
    let desk = desk();
    let before = desk.whole_fingerprint();
    assert_eq!(load(&desk, FIRST, "2026-06-02"), [2, 0, 0, 0, 0]);
    assert_eq!(held(&desk), ["QX7701|BLACKMARK|CREEDMARK|2026-06-02", "QX7702|W1|-|2026-06-02"]);
    assert_eq!(desk.whole_fingerprint(), before);
    assert_eq!(files_with(&desk, "BLACKMARK"), ["harmrank.protected.duckdb"]);
    let mode = std::fs::metadata(desk.path("harmrank.protected.duckdb")).expect("file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let tables = "select count(*) from duckdb_tables() where table_name like 'protected%'";
    assert_eq!(desk.row(tables), "0", "the database has no such table");
    let shown = desk.run(&["ledger", "show", "--format", "jsonl"]).succeeded();
    assert_contains(&shown, &["\"tables\":\"protected\""]);
    assert!(!shown.contains("BLACKMARK"), "{shown}");
}

#[test]
fn the_same_twice_changes_nothing_and_a_newer_word_replaces() {
    let desk = desk();
    load(&desk, FIRST, "2026-06-02");
    let before = fingerprint(&connection(&desk))["protected"].clone();
    assert_eq!(load(&desk, FIRST, "2026-06-03"), [0, 0, 2, 0, 0]);
    assert_eq!(fingerprint(&connection(&desk))["protected"], before);
    // What is empty, or no column, says nothing.
    assert_eq!(load(&desk, "person_id,ethnicity\nQX7701,A9\nQX9,M1\n", "2026-06-04"), [1, 1, 0, 0, 0]);
    let newer = ["QX7701|A9|CREEDMARK|2026-06-04", "QX7702|W1|-|2026-06-02", "QX9|M1|-|2026-06-04"];
    assert_eq!(held(&desk), newer);
    assert_eq!(load(&desk, FIRST, "2026-06-02"), [0, 0, 1, 1, 0], "an older word does not");
    assert_eq!(held(&desk), newer);

    // The newest load taken back, and what it replaced is there again.
    desk.run(&["loads", "undo", "4", "--protected"]).succeeded();
    let said = desk.run(&["loads", "--protected", "undo", "3"]).succeeded();
    assert_contains(&said, &["load 3 of 2026-06-04 taken back", "the database contains: 2 people"]);
    assert_eq!(fingerprint(&connection(&desk))["protected"], before);
    assert_contains(
        &desk.run(&["loads", "list", "--protected"]).succeeded(),
        &["(taken back on 2026-07-01)"],
    );
    assert!(!desk.run(&["loads", "list"]).succeeded().contains("protected.csv"));
    let shown = desk.run(&["loads", "show", "1", "--protected"]).succeeded();
    assert_contains(&shown, &["the file of protected characteristics contains: 2 people"]);
}

#[test]
fn what_cannot_be_taken_is_refused_and_balances() {
    let desk = desk();
    let text = "nominal,ethnicity,religion,x\nQ1,A,,1\n,A,,1\nQ2,,,1\nQ3,A,,1\nQ3,B,,1\nQ4,A,,1\nQ4,,R,1\n";
    desk.write("protected.csv", text);
    let flags =
        ["--protected", "protected.csv", "--extract-date", "2026-06-02", "--map", "nominal=person_id"];
    let tried = desk.load(&[&flags[..], &["--dry-run"]].concat());
    assert_eq!(balance(&tried), [3, 0, 0, 0, 4]);
    assert_eq!(tried["held"]["protected"], 2);
    assert!(!desk.path("harmrank.protected.duckdb").exists(), "a trial makes no file");
    assert!(desk.names().iter().all(|name| !name.starts_with(".harmrank")), "{:?}", desk.names());
    assert_eq!(balance(&desk.load(&flags)), [3, 0, 0, 0, 4]);
    assert_eq!(held(&desk), ["Q1|A|-|2026-06-02", "Q4|A|R|2026-06-02"]);
    let reasons = "select distinct reason from load_reject order by 1";
    assert_eq!(
        rows(&connection(&desk), reasons),
        ["no person_id", "says nothing of the person", "the rows of this person contradict each other"]
    );
    let said = desk.run(&["load", "--protected", "protected.csv", "--dry-run"]).failed(1);
    assert_contains(&said, &["no column person_id", "--map THEIRS=person_id"]);
}

#[test]
fn they_come_alone_and_are_asked_for_by_nobody() {
    let desk = desk();
    desk.write("persons.csv", "person_id,sex\nQX7701,M\n");
    desk.write("protected.csv", FIRST);
    let both = ["load", "--protected", "protected.csv", "--persons", "persons.csv"];
    assert_contains(&desk.run(&both).failed(2), &["--protected: protected characteristics go into a file"]);
    assert_contains(
        &desk.run(&["loads", "list", "--protected"]).failed(1),
        &["no protected characteristics"],
    );
    assert!(!desk.path("harmrank.protected.duckdb").exists());
    load(&desk, FIRST, "2026-06-02");
    for verb in [&["sql", "select 1"][..], &["report", "v100"], &["loads", "list"], &["upgrade"]] {
        let said = desk.run(&[verb, &["--db", "harmrank.protected.duckdb"]].concat()).failed(2);
        assert_contains(&said, &["holds protected characteristics, and is no database to ask"]);
    }
    assert_contains(&desk.run(&["upgrade"]).succeeded(), &["was up to date"]);
    let path = desk.path("harmrank.protected.duckdb").display().to_string();
    for sql in [
        format!("attach '{path}' as p"),
        format!("from '{path}'"),
        format!("from read_blob('{path}')"),
        format!("from read_text('{path}')"),
        "from query('attach')".to_owned(),
    ] {
        desk.run(&["sql", &sql]).failed(2);
    }
    assert_contains(&desk.run(&["sql", "from protected"]).failed(2), &["protected does not exist"]);
}

#[test]
fn the_forgotten_are_forgotten_there_too() {
    let desk = desk();
    desk.write("identities.csv", "person_id,is_person_id\nQX7703,QX7701\n");
    desk.load(&["--identities", "identities.csv", "--extract-date", "2026-06-02"]);
    load(&desk, &format!("{FIRST}QX7703,MERGEDMARK,\n,QX7701,\n"), "2026-06-02");
    load(&desk, "person_id,ethnicity,religion\nQX7701,LATERMARK,\n", "2026-06-03");
    let marks = ["QX7701", "QX7703", "BLACKMARK", "CREEDMARK", "MERGEDMARK", "LATERMARK"];
    for mark in marks {
        assert!(
            files_with(&desk, mark).contains(&"harmrank.protected.duckdb".to_owned()),
            "{mark}: no proof"
        );
    }
    let would = desk.run(&["forget", "--person", "QX7701", "--why", "asked", "--dry-run"]).succeeded();
    assert_contains(&would, &["2  record of protected characteristics; 1 in superseded versions"]);
    assert_eq!(held(&desk).len(), 3);
    std::fs::remove_file(desk.path("extract.csv")).expect("removed");
    std::fs::remove_file(desk.path("identities.csv")).expect("removed");
    desk.run(&["forget", "--person", "QX7701", "--why", "asked"]).succeeded();
    for mark in marks {
        assert_eq!(files_with(&desk, mark), [] as [String; 0], "{mark}");
    }
    assert_eq!(held(&desk), ["QX7702|W1|-|2026-06-02"]);
    assert_eq!(load(&desk, FIRST, "2026-06-04"), [0, 0, 1, 0, 1], "and not taken in again");
    assert_eq!(held(&desk), ["QX7702|W1|-|2026-06-02"]);
    assert_contains(
        &desk.run(&["loads", "undo", "1", "--protected"]).failed(2),
        &["load 1 is not the newest"],
    );
}

#[test]
fn fault_18_what_is_of_somebody_s_person_is_not_carried_along() {
    let desk = Desk::new();
    desk.write(
        "extract.csv",
        "crime_id,code,reported_on,suspect_id,race,Ethnicity,suspect_name,unit\nC1,8N,2026-06-01,N1,W,W1,Ann,North\n",
    );
    let stderr = desk.run(&["load", "extract.csv", "--carry", "race,Ethnicity,suspect_name,unit"]).failed(2);
    assert_contains(
        &stderr,
        &[
            "\"race\" holds a protected characteristic, by its name",
            "\"Ethnicity\" holds a protected characteristic",
            "\"suspect_name\" holds a name",
            "load --protected",
        ],
    );
    assert!(!stderr.contains("\"unit\""), "{stderr}");
    assert_eq!(desk.row("select count(*) from crime"), "0");
    desk.load(&["extract.csv", "--carry", "unit"]);
    assert_eq!(desk.row("select carried::varchar from crime"), "{\"unit\":\"North\"}");
}
