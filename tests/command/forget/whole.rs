//! An erasure that cannot be whole does nothing and names what is in the way; one that is stopped says what is done;
//! what is said of others stays.

use super::{FORGET, columns_with, found_in, held};
use crate::support::{Desk, Outcome, assert_contains, finish, rows};
use duckdb::Connection;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Somebody is held who has a run, and the folder of that run.
fn with_run() -> (Desk, PathBuf) {
    let desk = held();
    let run = desk.run(&["report", "v100", "--archive", "--format", "csv"]).succeeded();
    let folder = desk.path("harmrank-runs").join(run.trim());
    (desk, folder)
}

#[track_caller]
fn refused(desk: &Desk, named: &str) {
    let said = desk.run(&FORGET).failed(1);
    assert_contains(&said, &[named, "nothing was changed"]);
    assert!(!columns_with(&desk.connection(), "QX770").is_empty());
    assert_eq!(desk.row("select count(*) from suppression"), "0");
}

#[test]
fn what_cannot_be_read_or_followed_is_named_before_anything_is_changed() {
    let (desk, run) = with_run();
    let rows = run.join("rows.csv");
    let kept = fs::read(&rows).expect("rows");
    fs::remove_file(&rows).expect("removed");
    fs::create_dir(&rows).expect("a folder in its place");
    refused(&desk, "rows.csv");
    fs::remove_dir(&rows).expect("removed");
    fs::write(desk.path("elsewhere.csv"), &kept).expect("written");
    symlink(desk.path("elsewhere.csv"), &rows).expect("linked");
    refused(&desk, "rows.csv");
    fs::remove_file(&rows).expect("removed");
    fs::write(&rows, &kept).expect("written");
    fs::create_dir(run.join("more")).expect("folder");
    refused(&desk, "more");
    fs::remove_dir(run.join("more")).expect("removed");

    fs::rename(run.join("manifest.json"), desk.path("manifest.json")).expect("moved");
    refused(&desk, "manifest");
    fs::rename(desk.path("manifest.json"), run.join("manifest.json")).expect("moved");

    symlink(desk.path("away"), desk.path("harmrank-runs/linked")).expect("linked");
    refused(&desk, "harmrank-runs/linked");
    fs::remove_file(desk.path("harmrank-runs/linked")).expect("removed");

    symlink(desk.path("away"), desk.path("harmrank.protected.duckdb")).expect("linked");
    refused(&desk, "harmrank.protected.duckdb");
    fs::remove_file(desk.path("harmrank.protected.duckdb")).expect("removed");
    desk.run(&FORGET).succeeded();
    fs::remove_file(desk.path("elsewhere.csv")).expect("removed");
    assert_eq!(found_in(&desk.path(""), "QX770"), Vec::<String>::new());
}

#[test]
fn what_this_account_may_not_read_enter_or_replace_is_named_before_anything_is_changed() {
    let (desk, run) = with_run();
    let name = run.file_name().expect("a name").to_string_lossy().into_owned();
    let archive = desk.path("harmrank-runs");
    for (path, mode, named) in [
        (run.join("rows.csv"), 0o000, "rows.csv"),
        (run.join("manifest.json"), 0o000, "manifest.json"),
        (run.clone(), 0o000, &*name),
        (run.clone(), 0o500, &*name),
        (archive.clone(), 0o000, "harmrank-runs"),
        (desk.path(""), 0o500, ""),
    ] {
        let before = fs::metadata(&path).expect("rights").permissions();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("rights");
        let outcome = desk.run_bound_by_rights(&FORGET);
        fs::set_permissions(&path, before).expect("rights");
        let Some(outcome) = outcome else { return };
        assert_contains(&outcome.failed(1), &[named]);
        assert!(!columns_with(&desk.connection(), "QX770").is_empty(), "{}", path.display());
        assert_eq!(desk.row("select count(*) from suppression"), "0", "{}", path.display());
    }
    let Some(outcome) = desk.run_bound_by_rights(&FORGET) else { return };
    outcome.succeeded();
    assert_eq!(found_in(&desk.path(""), "QX770"), Vec::<String>::new());
}

#[test]
fn a_run_behind_a_link_is_rewritten_where_it_is() {
    let (desk, run) = with_run();
    fs::create_dir(desk.path("elsewhere")).expect("folder");
    let target = desk.path("elsewhere/run");
    fs::rename(&run, &target).expect("moved");
    symlink(&target, &run).expect("linked");
    let said = desk.run(&FORGET).succeeded();
    assert_contains(&said, &["taken out"]);
    assert_eq!(found_in(&desk.path(""), "QX770"), Vec::<String>::new());
    assert!(run.is_symlink() && target.join("rows.csv").is_file());
}

/// People who are called like a code, a number of days, a status and another code, and others of whom these are said.
const SAME_WORDS: &str = "\
crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,suspect_status,victim_id,victim_sex,victim_age,borough
1825,8N,2026-06-01,P2,M,1990-04,named,V1,F,30,Camden
105,105A,2026-06-01,P3,M,1990-04,charged,V2,F,30,8N
C3,19C,2026-06-02,8N,M,1990-04,charged,V3,F,30,Camden
C4,19C,2026-06-02,1825,M,1990-04,charged,V3,F,30,Camden
C5,19C,2026-06-02,named,M,1990-04,charged,V3,F,30,Camden
C6,19C,2026-06-02,105,M,1990-04,charged,V3,F,30,Camden
,8N,2026-06-02,P9,M,1990-04,named,V3,F,105,Camden
";

#[test]
fn what_is_said_of_others_in_the_same_words_stays() {
    for person in ["8N", "1825", "named", "105"] {
        let desk = Desk::holding(SAME_WORDS, &["--extract-date", "2026-06-05"]);
        let run = |format: &str| {
            let run = desk.run(&["report", "v100", "--archive", "--format", format]).succeeded();
            desk.path("harmrank-runs").join(run.trim())
        };
        let (csv, json) = (run("csv"), run("json"));
        let others = "person_id <> '".to_owned() + person + "'";
        let engine = Connection::open_in_memory().expect("an engine");
        let kept = |file: &str, filter: &str| {
            let path = csv.join(file);
            rows(&engine, &format!("select * from '{}' where {filter} order by all", path.display()))
        };
        let before = [kept("rows.csv", &others), kept("evidence.parquet", &others)];
        assert_eq!(before[0].len(), 5, "{before:?}");
        let quarantine = desk.row("select row_text from load_reject");
        let said = desk.run(&["forget", "--person", person, "--why", "a test"]).succeeded();
        assert_contains(&said, &["1 row taken out"]);
        assert_eq!([kept("rows.csv", "true"), kept("evidence.parquet", "true")], before, "{person}");
        assert_eq!(desk.row("select row_text from load_reject"), quarantine, "{person}");
        assert_eq!(desk.list(&[]).len(), 5);
        assert!(json.join("v100.json").is_file(), "{person}: rewritten, not withdrawn");
    }
}

#[test]
fn a_full_disk_is_met_before_anything_is_changed() {
    let (desk, run) = with_run();
    let program = env!("CARGO_BIN_EXE_harmrank");
    let script = format!("trap '' XFSZ; ulimit -f 200; exec '{program}' forget --person QX7702 --why test");
    let mut command = Command::new("bash");
    command.args(["-c", &script]).current_dir(desk.path("")).env_remove("HARMRANK_DB");
    command.env("HARMRANK_TODAY", crate::support::TODAY).env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let said = finish(command.spawn().expect("bash")).failed(1);
    assert_contains(&said, &["no room", "nothing was changed"]);
    // What takes the most room comes before anything that cannot be undone.
    assert!(fs::read_to_string(run.join("rows.csv")).expect("rows").contains("QX7701"));
    assert_eq!(desk.row("select count(*) from suppression"), "0");
    desk.run(&FORGET).succeeded();
    assert_eq!(found_in(&desk.path(""), "QX770"), Vec::<String>::new());
}

/// The outcome where a terminal is on standard input and something is typed.
fn typed(desk: &Desk, text: &str, arguments: &[&str]) -> Outcome {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&master).expect("granted");
    unlockpt(&master).expect("unlocked");
    let name = ptsname(&master, Vec::new()).expect("named");
    let slave = fs::OpenOptions::new().read(true).write(true).open(name.to_str().expect("UTF-8"));
    let mut command = desk.command(arguments);
    command.stdin(Stdio::from(slave.expect("opened"))).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().expect("started");
    let mut master = fs::File::from(master);
    master.write_all(text.as_bytes()).expect("typed");
    finish(child)
}

#[test]
fn on_a_terminal_it_asks_for_the_reference_again() {
    let (desk, run) = with_run();
    let said = typed(&desk, "QX7703\n", &FORGET).failed(2);
    assert_contains(&said, &["QX7701, QX7702", "1 kept run", "nothing was changed"]);
    assert!(fs::read_to_string(run.join("rows.csv")).expect("rows").contains("QX7701"));
    assert_eq!(desk.row("select count(*) from suppression"), "0");
    let done = typed(&desk, "QX7702\n", &FORGET);
    assert_eq!(done.code, Some(0), "{done:#?}");
    assert!(columns_with(&desk.connection(), "QX770").is_empty());
    let (other, _) = with_run();
    typed(&other, "", &[&FORGET[..], &["--yes"]].concat()).succeeded();
    assert!(columns_with(&other.connection(), "QX770").is_empty());
}
