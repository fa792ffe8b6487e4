//! Where output may be written: never over what the program keeps, has read, or over what is no plain file.

use crate::support::{Desk, Outcome, assert_contains};
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

const EXTRACT: &str = "\
crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex,victim_age
C1,19C,2026-06-01,P1,M,1990,V1,F,30
C2,8N,2026-06-02,P2,M,1980,V2,F,41
";

fn desk() -> Desk {
    Desk::holding(EXTRACT, &["--extract-date", "2026-06-05"])
}

fn report_to(desk: &Desk, target: &str) -> Outcome {
    desk.run(&["report", "v100", "--format", "csv", "-o", target])
}

/// Refused, with every file of the folder as it was; returns what was said.
#[track_caller]
fn refused(desk: &Desk, arguments: &[&str]) -> String {
    let before = content(&desk.path(""));
    let said = desk.run(arguments).failed(1);
    assert_contains(&said, &["nothing was written"]);
    let mut after = content(&desk.path(""));
    // A line of the ledger more is no loss.
    for (path, bytes) in &before {
        let (_, now) = after.iter().find(|(other, _)| other == path).expect("still there");
        let is_of_ledger = path.contains(".ledger/") || path.ends_with("lines.csv");
        assert!(now == bytes || is_of_ledger && now.starts_with(bytes), "{path} was changed");
    }
    after.retain(|(path, _)| !before.iter().any(|(other, _)| other == path));
    assert!(after.is_empty(), "{after:?}");
    said
}

fn content(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() && !path.is_symlink() {
            found.extend(content(&path));
        } else if path.is_file() {
            found.push((path.display().to_string(), fs::read(&path).expect("file")));
        }
    }
    found.sort();
    found
}

#[test]
fn output_is_never_written_over_what_the_program_keeps() {
    let desk = desk();
    desk.write("protected.csv", "person_id,ethnicity\nP1,W1\n");
    desk.load(&["--protected", "protected.csv", "--extract-date", "2026-06-05"]);
    desk.write("harmrank.toml", "");
    desk.write("schedules.toml", "");
    let run = desk.run(&["report", "v100", "--archive"]).succeeded();
    let run = format!("harmrank-runs/{}", run.trim());
    let ledger = desk.all_names().into_iter().find(|name| name.ends_with(".ledger")).expect("a ledger");
    let lines = fs::read_dir(desk.path(&ledger)).expect("folder").next().expect("a file").expect("entry");
    let lines = format!("{ledger}/{}", lines.file_name().to_string_lossy());
    let targets = [
        ("harmrank.duckdb", "is the database"),
        ("./harmrank.duckdb", "is the database"),
        ("harmrank-runs/../harmrank.duckdb", "is the database"),
        ("harmrank.duckdb.wal", "log of the database"),
        ("harmrank.protected.duckdb", "protected characteristics"),
        ("harmrank.ledger.key", "key of the ledger"),
        (&lines, "is the ledger"),
        ("harmrank.ledger/new.csv", "is the ledger"),
        ("harmrank.toml", "settings"),
        ("schedules.toml", "schedules"),
        (&format!("{run}/manifest.json"), "kept run"),
        (&format!("{run}/rows.csv"), "kept run"),
        (&format!("{run}/new.csv"), "kept run"),
    ];
    for (target, what) in targets {
        let said = refused(&desk, &["report", "v100", "--format", "csv", "-o", target, "--force"]);
        assert_contains(&said, &[what, target]);
        refused(&desk, &["sql", "select 1 as one", "--format", "csv", "-o", target]);
    }
    assert_contains(
        &refused(&desk, &["ledger", "show", "--format", "csv", "-o", &lines]),
        &["is the ledger"],
    );
    for folder in ["harmrank.ledger", &run] {
        refused(&desk, &["report", "v100", &format!("--archive={folder}")]);
        refused(&desk, &["adapter", "new", "extract.csv", "-o", &format!("{folder}/draft.sql")]);
        refused(&desk, &["init", "--db", &format!("{folder}/new.duckdb")]);
        refused(
            &desk,
            &["demo", "--suspects", "100", "--years", "1", "--db", &format!("{folder}/new.duckdb")],
        );
    }
}

#[test]
fn nor_through_links_and_second_names() {
    let desk = desk();
    let ledger = fs::read_dir(desk.path("harmrank.ledger")).expect("folder").next().expect("a file");
    symlink("harmrank.duckdb", desk.path("link.csv")).expect("linked");
    symlink(".", desk.path("here")).expect("linked");
    fs::hard_link(ledger.expect("entry").path(), desk.path("lines.csv")).expect("linked");
    fs::hard_link(desk.path("harmrank.ledger.key"), desk.path("list.csv.manifest.json")).expect("linked");
    for target in ["link.csv", "here/harmrank.duckdb", "lines.csv", "list.csv"] {
        refused(&desk, &["report", "v100", "--format", "csv", "-o", target, "--force"]);
        assert!(desk.path(target).exists() || target == "list.csv", "{target}");
    }
    symlink("away.csv", desk.path("nothing.csv")).expect("linked");
    assert_contains(&refused(&desk, &["report", "v100", "-o", "nothing.csv"]), &["link to nothing"]);
    assert!(desk.path("nothing.csv").is_symlink());
}

#[test]
fn a_database_of_two_names_is_not_opened_by_either() {
    let desk = desk();
    let before = desk.whole_fingerprint();
    fs::create_dir(desk.path("elsewhere")).expect("folder");
    for second in ["elsewhere/other.duckdb", "list.csv"] {
        fs::hard_link(desk.db(), desk.path(second)).expect("linked");
        for name in ["harmrank.duckdb", second] {
            for verb in [
                &["report", "v100", "--format", "csv", "-o", "list.csv"][..],
                &["sql", "from crime"],
                &["load", "extract.csv"],
                &["forget", "--person", "P1", "--why", "court"],
                &["restrict", "--person", "P1", "--why", "court"],
                &["upgrade"],
                &["runs", "list"],
                &["ledger", "verify"],
            ] {
                let said = desk.run(&[verb, &["--db", name]].concat()).failed(1);
                assert_contains(&said, &["2 names (hard links)", "-samefile"]);
            }
        }
        fs::remove_file(desk.path(second)).expect("removed");
    }
    assert!(desk.path("elsewhere").read_dir().expect("folder").next().is_none(), "a ledger of its own");
    assert_eq!(desk.whole_fingerprint(), before);
    report_to(&desk, "list.csv").succeeded();
}

#[test]
fn nor_to_what_is_no_plain_file() {
    let desk = desk();
    let made = Command::new("mkfifo").arg(desk.path("pipe.csv")).status().expect("mkfifo");
    assert!(made.success());
    for target in ["pipe.csv", "/dev/null", "/dev/stdout", "/dev/new.csv", "/proc/self/comm"] {
        let said = report_to(&desk, target).failed(1);
        assert_contains(&said, &["nothing was written", target]);
    }
    fs::create_dir(desk.path("folder")).expect("folder");
    assert_contains(&report_to(&desk, "folder").failed(1), &["is a folder"]);
}

#[test]
fn nor_over_what_was_read_in_the_same_call() {
    let desk = desk();
    desk.write("question.txt", "select 1 as one");
    let said =
        refused(&desk, &["sql", "-f", "question.txt", "--format", "csv", "-o", "question.txt", "--force"]);
    assert_contains(&said, &["read in this call"]);
    report_to(&desk, "list.csv").succeeded();
    let said = refused(&desk, &["runs", "diff", "list.csv", "list.csv", "-o", "list.csv"]);
    assert_contains(&said, &["read in this call"]);
    fs::create_dir(desk.path("reports")).expect("folder");
    desk.run(&["reports", "new", "mine", "--reports", "reports"]).succeeded();
    let mine =
        ["report", "mine", "--reports", "reports", "--format", "csv", "--force", "-o", "reports/mine.sql"];
    assert_contains(&refused(&desk, &mine), &["read in this call"]);
}

#[test]
fn over_a_source_of_somebody_else_only_where_that_is_asked_for() {
    let desk = desk();
    fs::copy(desk.db(), desk.path("other.db")).expect("copied");
    desk.write("lite.db", b"SQLite format 3\0 and so on");
    desk.write("notes.sql", "select 1");
    desk.write("some.toml", "");
    for target in ["other.db", "lite.db", "notes.sql", "some.toml"] {
        let said = refused(&desk, &["report", "v100", "--format", "csv", "-o", target]);
        assert_contains(&said, &["--force"]);
        desk.run(&["report", "v100", "--format", "csv", "-o", target, "--force"]).succeeded();
        assert!(fs::read_to_string(desk.path(target)).expect("text").starts_with("harm_rank"), "{target}");
    }
}

#[test]
fn over_a_plain_file_it_is_written_whose_group_and_mode_stay() {
    let desk = desk();
    desk.write("list.csv", "last week");
    let rights = |name: &str| fs::metadata(desk.path(name)).expect("file").permissions().mode() & 0o777;
    fs::set_permissions(desk.path("list.csv"), fs::Permissions::from_mode(0o644)).expect("rights");
    report_to(&desk, "list.csv").succeeded();
    report_to(&desk, "list.csv").succeeded();
    assert!(fs::read_to_string(desk.path("list.csv")).expect("text").starts_with("harm_rank"));
    // What others might read of an older file was not meant for a list of people.
    assert_eq!((rights("list.csv"), rights("list.csv.manifest.json")), (0o640, 0o600));
}
