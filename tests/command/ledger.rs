//! The ledger: what is written, that nothing is read without it, and that whoever touches it is found out.

mod evaded;
mod proof;
mod who_saw;
mod writing;

use crate::support::{Desk, text};
use serde_json::Value as Json;
use std::path::PathBuf;

const EXTRACT: &str = include_str!("../cmd/first_list.in/extract.csv");
const EXTRACT_DATE: [&str; 2] = ["--extract-date", "2026-06-30"];

fn held() -> Desk {
    Desk::holding(EXTRACT, &EXTRACT_DATE)
}

/// The one file of a ledger.
fn file(desk: &Desk) -> PathBuf {
    let folder = desk.path("harmrank.ledger");
    let mut names: Vec<_> =
        std::fs::read_dir(folder).expect("ledger").map(|entry| entry.expect("entry").path()).collect();
    assert_eq!(names.len(), 1, "{names:?}");
    names.remove(0)
}

fn content(desk: &Desk) -> String {
    std::fs::read_to_string(file(desk)).expect("ledger")
}

/// Its lines.
fn lines(desk: &Desk) -> Vec<Json> {
    content(desk).lines().map(|line| serde_json::from_str(line).expect("a line in JSON")).collect()
}

/// Verb and event of each line.
fn told(desk: &Desk) -> Vec<String> {
    lines(desk).iter().map(|line| format!("{} {}", text(&line["verb"]), text(&line["event"]))).collect()
}

/// A value of `harmrank.toml`.
fn set(desk: &Desk, settings: &str) {
    desk.write("harmrank.toml", format!("[ledger]\n{settings}\n"));
}
