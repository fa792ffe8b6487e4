//! The database file: made once, upgraded, refused where it is not ours, shared between processes, and safe
//! from whatever stops the program.

use crate::support::{Desk, Outcome, assert_contains, finish, rows, text, wait_until};
use duckdb::Connection;
use rustix::process::{Pid, Signal, kill_process};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

const EXTRACT: &str = "\
crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex
C1,19C,2026-06-01,P1,M,1990,V1,F
C2,8N,2026-06-02,P2,M,1991,V2,F
";

/// Verbs that open the database.
const READERS: [&[&str]; 4] =
    [&["report", "v100"], &["report", "coverage"], &["report", "explain", "--person", "P1"], &["load", "extract.csv"]];

fn held() -> Desk {
    Desk::holding(EXTRACT, &[])
}

#[test]
fn init_makes_a_database_once() {
    let desk = Desk::bare();
    assert_eq!(desk.run(&["init"]).succeeded(), "created harmrank.duckdb\n");
    assert_eq!(desk.names(), ["harmrank.duckdb"]);
    let bytes = std::fs::read(desk.db()).expect("bytes");
    let stderr = desk.run(&["init"]).failed(1);
    assert_contains(&stderr, &["harmrank: harmrank.duckdb: exists already; nothing was changed", "harmrank upgrade"]);
    assert_eq!(std::fs::read(desk.db()).expect("bytes"), bytes);
}

#[test]
fn the_database_is_named_by_flag_or_environment() {
    let desk = Desk::bare();
    assert_eq!(desk.run(&["init", "--db", "flag.duckdb"]).succeeded(), "created flag.duckdb\n");
    let mut command = desk.command(&["init"]);
    command.env("HARMRANK_DB", "environment.duckdb");
    let outcome = Outcome::of(&["init"], command.output().expect("program run"));
    assert_eq!(outcome.succeeded(), "created environment.duckdb\n");
    assert_eq!(desk.names(), ["environment.duckdb", "flag.duckdb"]);
}

#[test]
fn init_does_not_make_folders() {
    let desk = Desk::bare();
    assert_contains(&desk.run(&["init", "--db", "no/such/file.duckdb"]).failed(1), &["no/such: no such folder"]);
    assert!(desk.names().is_empty());
}

#[test]
fn files_are_for_their_owner_alone() {
    let desk = Desk::bare();
    desk.run(&["init"]).succeeded();
    desk.load_text(EXTRACT, &[]);
    for output in ["list.csv", "list.json", "list.txt"] {
        desk.run(&["report", "v100", "-o", output]).succeeded();
        for name in [output.to_owned(), format!("{output}.manifest.json")] {
            assert_eq!(mode(&desk.path(&name)), 0o600, "{name}");
        }
    }
    assert_eq!(mode(&desk.db()), 0o600);
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).permissions().mode() & 0o777
}

#[test]
fn upgrade_of_a_fresh_database_finds_it_up_to_date() {
    let desk = Desk::new();
    let before = desk.whole_fingerprint();
    assert_eq!(desk.run(&["upgrade"]).succeeded(), "harmrank.duckdb was up to date\n");
    assert_eq!(desk.whole_fingerprint(), before);
}

/// A change by hand must be refused by every verb with the word upgrade, and mended by it, the data kept.
#[track_caller]
fn assert_noticed_and_mended(change: &str) {
    let desk = held();
    let sound = (desk.whole_fingerprint(), desk.run(&["report", "v100"]).succeeded());
    desk.writer().execute_batch(change).unwrap_or_else(|error| panic!("{change}: {error}"));
    let changed = desk.whole_fingerprint();
    for verb in READERS {
        let stderr = desk.run(verb).failed(1);
        assert_contains(&stderr, &["harmrank: harmrank.duckdb: ", "`harmrank upgrade`; the data are kept"]);
    }
    assert_eq!(desk.whole_fingerprint(), changed, "a refusal changes nothing");
    assert_eq!(desk.run(&["upgrade"]).succeeded(), "harmrank.duckdb brought up to this program's SQL\n");
    assert_eq!((desk.whole_fingerprint(), desk.run(&["report", "v100"]).succeeded()), sound, "{change}");
    assert_eq!(desk.run(&["upgrade"]).succeeded(), "harmrank.duckdb was up to date\n");
}

#[test]
fn a_macro_changed_by_hand_is_refused_until_upgrade() {
    assert_noticed_and_mended("create or replace macro is_recorded_crime(status_of_crime) as true");
}

#[test]
fn a_macro_added_by_hand_is_refused_until_upgrade() {
    assert_noticed_and_mended("create macro mine(x) as x + 1");
}

#[test]
fn a_macro_dropped_by_hand_is_refused_until_upgrade() {
    assert_noticed_and_mended("drop macro table harm_ranking");
}

#[test]
fn a_view_changed_by_hand_is_refused_until_upgrade() {
    assert_noticed_and_mended("create or replace view data_date as select date '2020-01-01' as data_date");
}

#[test]
fn a_view_dropped_by_hand_is_refused_until_upgrade() {
    assert_noticed_and_mended("drop view data_date");
}

#[test]
fn a_weight_changed_by_hand_is_refused_until_upgrade() {
    assert_noticed_and_mended("update harm_weight set days = days + 1 where item = '19C.19.8.0'");
}

#[test]
fn a_code_a_scope_or_a_typical_item_changed_by_hand_is_refused_until_upgrade() {
    assert_noticed_and_mended("update vawg_code set is_vawg = false where ho_code = '19C'");
    assert_noticed_and_mended("delete from offence_code where code = '19C'");
    assert_noticed_and_mended("update typical_item set item = '8N.8.1.1' where code = '8N'");
    assert_noticed_and_mended("delete from offence_code_alias");
}

/// The days a list adds up stand in a table made from the weights; a change there changes the list.
#[test]
fn the_days_of_a_code_changed_by_hand_are_refused_until_upgrade() {
    assert_noticed_and_mended("update offence_weight set days_low = 0, days_middle = 0 where candidates > 0");
}

#[test]
fn a_database_of_another_version_is_refused_until_upgrade() {
    assert_noticed_and_mended("update harmrank_stamp set sql_hash = 'older'");
    assert_noticed_and_mended("delete from harmrank_stamp");
}

#[test]
fn upgrade_keeps_a_supplement() {
    let desk = held();
    desk.writer()
        .execute_batch(
            "insert into harm_weight by name
             select * replace ('NEW.1.1.0' as item, 'supplement' as basis) from harm_weight where item = '19C.19.8.0';
             update harmrank_stamp set sql_hash = 'older'",
        )
        .expect("supplement");
    desk.run(&["upgrade"]).succeeded();
    assert_eq!(desk.rows("select item from harm_weight where basis = 'supplement'"), ["NEW.1.1.0"]);
}

#[test]
fn tables_of_a_newer_version_are_refused_by_every_verb() {
    let desk = held();
    desk.writer().execute_batch("update harmrank_stamp set schema_version = schema_version + 1").expect("stamp");
    let before = desk.whole_fingerprint();
    for verb in READERS.into_iter().chain([&["upgrade"][..]]) {
        let stderr = desk.run(verb).failed(1);
        assert_contains(&stderr, &["made by a newer harmrank: tables of version 2, this program knows 1", "use the newer program"]);
    }
    assert_eq!(desk.whole_fingerprint(), before);
}

/// Every verb must refuse the file with these words and leave its bytes alone.
#[track_caller]
fn assert_file_refused(desk: &Desk, parts: &[&str]) {
    let bytes = std::fs::read(desk.db()).ok();
    desk.write("extract.csv", EXTRACT);
    for verb in READERS.into_iter().chain([&["upgrade"][..]]) {
        assert_contains(&desk.run(verb).failed(1), &[&["harmrank: harmrank.duckdb: "], parts].concat());
    }
    assert_eq!(std::fs::read(desk.db()).ok(), bytes);
    assert!(desk.names().iter().all(|name| !name.starts_with('.')), "{:?}", desk.names());
}

#[test]
fn a_missing_database_is_refused_and_not_made() {
    assert_file_refused(&Desk::bare(), &["no such database", "harmrank init"]);
}

#[test]
fn a_text_file_is_not_a_database() {
    let desk = Desk::bare();
    desk.write("harmrank.duckdb", "notes of a meeting\n".repeat(1000));
    assert_file_refused(&desk, &["not a DuckDB database"]);
}

#[test]
fn an_empty_file_is_not_a_database() {
    let desk = Desk::bare();
    desk.write("harmrank.duckdb", "");
    assert_file_refused(&desk, &["not a DuckDB database"]);
}

#[test]
fn a_folder_is_not_a_database() {
    let desk = Desk::bare();
    std::fs::create_dir(desk.db()).expect("folder");
    assert_file_refused(&desk, &["a folder, not a database file"]);
    desk.run(&["init"]).failed(1);
}

#[test]
fn another_programs_database_is_not_ours() {
    let desk = Desk::bare();
    Connection::open(desk.db()).and_then(|other| other.execute_batch("create table t as select 1 as a")).expect("other database");
    assert_file_refused(&desk, &["a DuckDB database, but not one that harmrank made"]);
}

#[test]
fn a_truncated_database_is_said_to_be_damaged() {
    let whole = std::fs::read(held().db()).expect("bytes");
    for length in [whole.len() - 4096, whole.len() / 2, 5000] {
        let desk = Desk::bare();
        desk.write("harmrank.duckdb", &whole[..length]);
        assert_file_refused(&desk, &["the file is damaged", "backup"]);
    }
}

#[test]
fn nothing_loaded_yet_is_said() {
    let desk = Desk::new();
    let stderr = desk.run(&["report", "v100"]).failed(1);
    assert_contains(&stderr, &["nothing has been loaded yet", "harmrank load FILE"]);
}

#[test]
fn a_database_being_written_is_busy_and_its_holder_named() {
    let desk = held();
    let holder = desk.writer();
    for verb in READERS.into_iter().chain([&["upgrade"][..]]) {
        let problems = desk.run(&[verb, &["--wait", "0", "--errors", "json"]].concat()).problems(3);
        assert_eq!(text(&problems[0]["kind"]), "busy");
        let process = format!("(PID {})", std::process::id());
        assert_contains(text(&problems[0]["message"]), &["the database is in use by ", &process]);
        assert!(!text(&problems[0]["message"]).contains("-readonly"), "no advice of the engine's: {problems:?}");
        assert_contains(text(&problems[0]["hint"]), &["--wait SECONDS"]);
    }
    drop(holder);
    desk.run(&["report", "v100"]).succeeded();
}

#[test]
fn a_reader_shuts_out_writers_and_no_other_reader() {
    let desk = held();
    let reader = desk.connection();
    desk.run(&["report", "v100", "--wait", "0"]).succeeded();
    for verb in [&["load", "extract.csv"][..], &["upgrade"]] {
        let stderr = desk.run(&[verb, &["--wait", "0"]].concat()).failed(3);
        assert_contains(&stderr, &["the database is in use by "]);
        assert!(!stderr.contains("-readonly"), "no advice of the engine's: {stderr}");
    }
    drop(reader);
    assert!(desk.names().iter().all(|name| !name.starts_with('.')), "{:?}", desk.names());
}

#[test]
fn waiting_ends_when_the_holder_lets_go() {
    let desk = held();
    for verb in [&["report", "v100"][..], &["load", "extract.csv"]] {
        let holder = desk.writer();
        let mut waiting = desk.start(&[verb, &["--wait", "60"]].concat());
        std::thread::sleep(Duration::from_millis(700));
        assert!(waiting.try_wait().expect("state").is_none(), "{verb:?} does not wait");
        drop(holder);
        finish(waiting).succeeded();
    }
}

#[test]
fn waiting_lasts_no_longer_than_asked() {
    let desk = held();
    let _holder = desk.writer();
    let begun = Instant::now();
    desk.run(&["report", "v100", "--wait", "1"]).failed(3);
    let took = begun.elapsed();
    assert!((Duration::from_secs(1)..Duration::from_secs(8)).contains(&took), "{took:?}");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let desk = held();
    let verbs: [&[&str]; 8] = [
        &["report", "v100"],
        &["report", "v100", "--format", "csv"],
        &["report", "v100", "--format", "json"],
        &["report", "explain", "--person", "P1"],
        &["reports", "list"],
        &["reports", "show", "v100"],
        &["load", "extract.csv"],
        &["--help"],
    ];
    for verb in verbs {
        let mut child = desk.start(verb);
        // Closed before a byte is read.
        drop(child.stdout.take());
        let outcome = finish(child);
        assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""), "{verb:?}");
    }
}

/// An extract that takes the program a while.
fn long_extract() -> String {
    let rows = (0..120_000).map(|row| format!("C{row},8N,2026-06-{:02},P{},M,19{},V{row},F\n", 1 + row % 28, row % 40_000, 50 + row % 50));
    std::iter::once(EXTRACT.lines().next().unwrap_or_default().to_owned() + "\n").chain(rows).collect()
}

fn signal(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).expect("signal sent");
}

fn is_staging(desk: &Desk) -> bool {
    desk.names().iter().any(|name| name.starts_with(".harmrank-load-"))
}

#[test]
fn an_interrupted_load_changes_nothing_and_leaves_nothing_behind() {
    let desk = held();
    let before = desk.whole_fingerprint();
    desk.write("long.csv", long_extract());
    // From the moment something is staged, in growing steps; Ctrl-C and what a service manager sends.
    for step in 0..8 {
        let mut child = desk.start(&["load", "long.csv"]);
        wait_until("the load stages", || is_staging(&desk));
        std::thread::sleep(Duration::from_millis(100 + step * 150));
        if child.try_wait().expect("state").is_some() {
            panic!("the load is too short for this test");
        }
        signal(&child, if step % 2 == 0 { Signal::INT } else { Signal::TERM });
        let stderr = finish(child).failed(130);
        assert_contains(&stderr, &["interrupted; nothing was changed"]);
        assert_eq!(desk.whole_fingerprint(), before, "after step {step}");
        assert_eq!(desk.names(), ["extract.csv", "harmrank.duckdb", "long.csv"], "after step {step}");
    }
    desk.load(&["long.csv"]);
}

/// Nothing runs in the engine while a load waits for its turn to write: the signal must be heard all the same.
#[test]
fn a_load_that_waits_for_its_turn_can_be_interrupted() {
    let desk = held();
    let before = desk.whole_fingerprint();
    let reader = desk.connection();
    let child = desk.start(&["load", "extract.csv", "--wait", "20"]);
    wait_until("the load stages", || is_staging(&desk));
    std::thread::sleep(Duration::from_millis(1500));
    let begun = Instant::now();
    signal(&child, Signal::INT);
    let outcome = finish(child);
    let took = begun.elapsed();
    drop(reader);
    outcome.failed(130);
    assert!(took < Duration::from_secs(5), "it waited on for {took:?}");
    assert_eq!(desk.whole_fingerprint(), before);
    assert!(!is_staging(&desk));
}

#[test]
fn an_interrupted_report_is_exit_130() {
    let desk = held();
    let holder = desk.writer();
    let child = desk.start(&["report", "v100", "--wait", "20"]);
    std::thread::sleep(Duration::from_millis(500));
    signal(&child, Signal::INT);
    let output = child.wait_with_output().expect("program ended");
    drop(holder);
    // Before there is anything to clean up, the signal may as well end it by itself.
    assert!(output.status.code() == Some(130) || output.status.signal() == Some(2), "{output:?}");
    assert!(output.stdout.is_empty());
}

#[test]
fn a_killed_load_leaves_the_database_before_or_after() {
    let desk = held();
    let before = desk.whole_fingerprint();
    desk.write("long.csv", long_extract());
    let bytes = std::fs::read(desk.db()).expect("bytes");
    let begun = Instant::now();
    desk.load(&["long.csv"]);
    let whole = begun.elapsed();
    let after = desk.whole_fingerprint();
    assert_ne!(before, after);
    let mut unchanged = 0;
    for part in 1..=12_u32 {
        let _ = std::fs::remove_file(desk.path("harmrank.duckdb.wal"));
        std::fs::write(desk.db(), &bytes).expect("database put back");
        let child = desk.start(&["load", "long.csv"]);
        // Most of them late, where the database is written.
        std::thread::sleep(whole * (20 + part * 7) / 100);
        signal(&child, Signal::KILL);
        child.wait_with_output().expect("program ended");
        let found = desk.whole_fingerprint();
        assert!(found == before || found == after, "killed at {part} of 12: neither before nor after");
        unchanged += u32::from(found == before);
        let list = desk.run(&["report", "v100"]).succeeded();
        assert_contains(&list, &["People reported for the most harm"]);
    }
    assert!(unchanged > 0, "no kill came in time to test anything");
}

#[test]
fn a_report_waits_for_a_load_to_end() {
    let desk = held();
    desk.write("long.csv", long_extract());
    let load = desk.start(&["load", "long.csv"]);
    wait_until("the load stages", || is_staging(&desk));
    // Some of these meet the load while it stages, some while it writes; none may fail.
    let mut child = load;
    let mut lists = 0;
    while child.try_wait().expect("state").is_none() {
        desk.run(&["report", "v100", "--wait", "60"]).succeeded();
        lists += 1;
    }
    finish(child).succeeded();
    assert!(lists > 0);
    assert_eq!(rows(&desk.connection(), "select count(*) from load_batch"), ["2"]);
}

#[test]
fn standard_error_is_silent_where_output_is_a_file() {
    let desk = held();
    let mut command = desk.command(&["report", "v100", "-o", "list.csv"]);
    let output = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().expect("program run");
    assert!(output.stdout.is_empty() && output.stderr.is_empty(), "{output:?}");
}
