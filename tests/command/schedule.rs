//! Scheduled lists: on time, once, whole or not there, and heard of when they are not.

mod file;
mod forgotten;
mod kept;
mod once;
mod units;
mod year;

use crate::support::{Desk, Outcome, lines};
use serde_json::Value as Json;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// A weekly list of five people in 90 days.
pub const WEEKLY: &str = "[schedule.top]
report = \"v100\"
params = { as_of = \"period-end\", window_days = 90, limit = 5 }
period = \"weekly\"
on = \"monday\"
at = \"06:00\"
formats = [\"csv\", \"html\"]
folder = \"lists\"
";

/// Some twenty people with a crime every few weeks of 2025 and 2026: who is on a list of 90 days changes.
pub fn extract() -> String {
    let head =
        "crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,suspect_status,victim_id,victim_sex";
    let mut rows = vec![head.to_owned()];
    for number in 0..240_u32 {
        let day = jiff::civil::date(2025, 9, 1).saturating_add(jiff::Span::new().days(i64::from(number * 2)));
        let code = ["8N", "19C", "8N", "105A", "8N", "20A", "5D"][number as usize * 5 % 7];
        let person = (number * number + 3 * number) % 23;
        let mut row = String::new();
        let _ = write!(row, "C{number},{code},{day},N{person},M,1980,named,V{number},F");
        rows.push(row);
    }
    lines(rows)
}

/// A desk with the extract, its data date the last day of 2026.
pub fn desk(schedules: &str) -> Desk {
    let desk = Desk::new();
    load(&desk, "2026-12-31");
    desk.write("schedules.toml", schedules);
    desk
}

pub fn load(desk: &Desk, extract_date: &str) {
    desk.write("extract.csv", extract());
    let mut load = desk.command(&["load", "extract.csv", "--extract-date", extract_date]);
    let output = load.env("HARMRANK_TODAY", "2027-01-31").output().expect("load");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// `harmrank schedule` at a moment.
pub fn command(desk: &Desk, now: &str, arguments: &[&str]) -> Command {
    let mut command = desk.command(&[&["schedule"], arguments].concat());
    command.env_remove("HARMRANK_TODAY").env("HARMRANK_NOW", now);
    command
}

pub fn at(desk: &Desk, now: &str, arguments: &[&str]) -> Outcome {
    Outcome::of(arguments, command(desk, now, arguments).output().expect("program run"))
}

/// Names on a shelf but for the lock, hidden ones too.
pub fn shelf(desk: &Desk, name: &str) -> Vec<String> {
    names(&desk.path("lists").join(name)).into_iter().filter(|name| name != ".lock").collect()
}

pub fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let names = entries.map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

/// Periods that have a list.
pub fn periods(desk: &Desk, name: &str) -> Vec<String> {
    let is_period = |name: &String| name.starts_with("20") && !name.contains(".failed");
    shelf(desk, name).into_iter().filter(is_period).collect()
}

pub fn read(desk: &Desk, path: &str) -> String {
    let path = desk.path("lists").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Every list that is there is whole: its files are those its manifests name, byte for byte.
pub fn assert_whole(desk: &Desk, name: &str) {
    for period in periods(desk, name) {
        let folder = desk.path("lists").join(name).join(&period);
        let edition = json(&read(desk, &format!("{name}/{period}/schedule.json")));
        assert_eq!(edition["period"], *period);
        for part in edition["parts"].as_array().expect("parts") {
            let folder = folder.join(part["folder"].as_str().expect("folder"));
            for file in part["files"].as_array().expect("files") {
                let file = folder.join(file.as_str().expect("file"));
                assert!(file.is_file(), "{}", file.display());
            }
            let run = json(&std::fs::read_to_string(folder.join("manifest.json")).expect("manifest"));
            assert_eq!(run["id"], part["run"]);
            let mut files = vec![(run["file"].clone(), run["sha256"].clone())];
            let kept = run["kept"].as_array().expect("kept").iter();
            files.extend(kept.map(|kept| (kept["file"].clone(), kept["sha256"].clone())));
            let amended = run["amended"].as_array().cloned().unwrap_or_default();
            let is_withdrawn =
                |file: &Json| amended.iter().any(|said| said["file"] == *file && said["after"].is_null());
            for (file, hash) in files.into_iter().filter(|(file, _)| !is_withdrawn(file)) {
                let bytes = std::fs::read(folder.join(file.as_str().expect("file"))).expect("bytes");
                assert_eq!(hash_of(&bytes), hash, "{period} {file}");
            }
        }
    }
}

fn hash_of(bytes: &[u8]) -> String {
    use sha2::Digest;
    harmrank::embedded_sql::to_hex(&sha2::Sha256::digest(bytes))
}
