//! A folder of small nasty files, each with what is said of it beside it.
//!
//! `NASTY=overwrite cargo test nasty` writes the expectations anew; read the difference before keeping it.

use crate::support::Desk;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What the database holds before: a file may add crimes, and never change this one.
const HELD: &str =
    "crime_id,code,reported_on,suspect_id,victim_id,victim_sex\nHELD1,19C,2026-05-01,HP1,HV1,F\n";

fn cases() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixture/nasty");
    let entries = std::fs::read_dir(folder).expect("the folder of nasty files");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("entry").path()).collect();
    files.retain(|path| path.extension().is_none_or(|ending| ending != "expected"));
    files.sort();
    files
}

/// What the program says of a file, its exit code first.
fn told(path: &Path, held: &Desk) -> String {
    let name = path.file_name().expect("name").to_str().expect("UTF-8");
    let desk = Desk::bare();
    std::fs::copy(held.db(), desk.db()).expect("database copied");
    let before = std::fs::read(desk.db()).expect("database");
    if path.is_dir() {
        std::fs::create_dir(desk.path(name)).expect("folder");
        desk.write(&format!("{name}/extract.csv"), HELD);
    } else {
        std::fs::copy(path, desk.path(name)).expect("copied");
    }
    let outcome = desk.run(&["load", name, "--extract-date", "2026-06-30"]);
    let code = outcome.code.expect("no signal ended it");
    let told = format!("exit {code}\n{}{}", outcome.stdout, outcome.stderr);
    if code == 0 {
        let held = "select crime_id, code, reported_on from crime where crime_id = 'HELD1'";
        assert_eq!(desk.row(held), "HELD1|19C|2026-05-01", "{name}");
        let again = desk.load(&[name, "--extract-date", "2026-06-30"]);
        let rows = |what: &str| again[what].as_i64().expect("a number of rows");
        assert_eq!(rows("rows_unchanged"), rows("rows_in") - rows("rows_refused"), "{name} again: {again}");
    } else {
        let is_same = std::fs::read(desk.db()).expect("database") == before;
        assert!(is_same, "{name} was refused and left a trace");
        assert!(outcome.stderr.contains("\n  "), "{name}: nothing is said of what to do\n{told}");
    }
    assert!(desk.names().iter().all(|name| !name.starts_with('.')), "{name} left {:?}", desk.names());
    told
}

#[test]
fn of_every_nasty_file_is_said_what_stands_beside_it() {
    let is_writing = std::env::var_os("NASTY").is_some();
    let cases = cases();
    assert!(cases.len() >= 50, "only {} files", cases.len());
    let held = Desk::holding(HELD, &["--extract-date", "2026-06-30"]);
    let mut wrong = String::new();
    for path in cases {
        let mut beside = path.clone().into_os_string();
        beside.push(".expected");
        let told = told(&path, &held);
        if is_writing {
            std::fs::write(&beside, told).expect("written");
        } else if std::fs::read_to_string(&beside).unwrap_or_default() != told {
            writeln!(wrong, "{}:\n{told}", path.display()).expect("written");
        }
    }
    assert_eq!(wrong, "");
}
