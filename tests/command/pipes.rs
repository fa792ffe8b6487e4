//! A pipe in the place of a file holds nobody up: it is refused by its name, whatever reads it.

use crate::support::{Desk, assert_contains, finish, wait_until};
use std::fs;
use std::path::Path;
use std::process::Command;

const EXTRACT: &str = "\
crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex
C1,19C,2026-06-01,P1,M,1990,V1,F
C2,8N,2026-06-02,P2,M,1980,V2,F
";
const FORGET: &[&str] = &["forget", "--person", "P1", "--why", "court"];
const REPORT: &[&str] = &["report", "v100", "--limit", "1"];

/// Puts a pipe in the place of a file while a verb runs, which is refused.
#[track_caller]
fn refused(desk: &Desk, file: &str, verb: &[&str]) {
    let path = desk.path(file);
    let aside = desk.path("aside");
    if path.exists() {
        fs::rename(&path, &aside).expect("moved");
    }
    assert!(Command::new("mkfifo").args(["-m", "600"]).arg(&path).status().expect("mkfifo").success());
    let mut program = desk.start(verb);
    wait_until(&format!("{verb:?} ends with a pipe for {file}"), || {
        program.try_wait().expect("program").is_some()
    });
    let outcome = finish(program);
    assert!(matches!(outcome.code, Some(1 | 2)), "{file}, {verb:?}: {outcome:?}");
    let name = Path::new(file).file_name().expect("a name").to_string_lossy();
    assert_contains(&outcome.stderr, &[&name]);
    fs::remove_file(&path).expect("removed");
    if aside.exists() {
        fs::rename(&aside, &path).expect("moved");
    }
}

#[test]
fn a_pipe_in_the_place_of_any_file_is_refused_at_once() {
    let desk = Desk::holding(EXTRACT, &["--extract-date", "2026-06-05"]);
    desk.write("schedules.toml", "");
    let run = desk.run(&["report", "v100", "--archive"]).succeeded();
    let kept = |name: &str| format!("harmrank-runs/{}/{name}", run.trim());
    let lines = fs::read_dir(desk.path("harmrank.ledger")).expect("folder").next().expect("a file");
    let lines = format!("harmrank.ledger/{}", lines.expect("entry").file_name().to_string_lossy());
    let before = desk.whole_fingerprint();
    for (file, verb) in [
        ("harmrank.duckdb", REPORT),
        ("harmrank.duckdb", &["sql", "from crime"][..]),
        ("harmrank.duckdb", &["load", "extract.csv"]),
        ("harmrank.duckdb", FORGET),
        ("harmrank.duckdb", &["upgrade"]),
        ("harmrank.duckdb", &["demo", "--db", "harmrank.duckdb", "--suspects", "100", "--years", "1"]),
        ("harmrank.protected.duckdb", FORGET),
        ("harmrank.toml", REPORT),
        ("schedules.toml", &["schedule", "list"]),
        ("harmrank.ledger.key", REPORT),
        (&lines, REPORT),
        (&lines, &["ledger", "verify"]),
        (&lines, &["ledger", "show"]),
        (&kept("manifest.json"), FORGET),
        (&kept("rows.csv"), FORGET),
        ("new.csv", &["load", "new.csv"]),
        ("new.csv", &["adapter", "new", "new.csv"]),
        ("new.sql", &["report", "v100", "--archive=new.sql"]),
    ] {
        refused(&desk, file, verb);
    }
    assert_eq!(desk.whole_fingerprint(), before);
    // Nobody is held up by what is no folder of a live process either.
    fs::create_dir(desk.path(".harmrank-load-x")).expect("folder");
    let lock = desk.path(".harmrank-load-x/.in-use");
    assert!(Command::new("mkfifo").arg(&lock).status().expect("mkfifo").success());
    desk.run(REPORT).succeeded();
}
