//! Several processes, and whatever stops one: busy databases, closed pipes, full disks, signals.

use crate::database::{EXTRACT, READERS, held};
use crate::support::{Desk, assert_contains, finish, rows, text, wait_until};
use rustix::process::{Pid, Signal, kill_process};
use std::fs::File;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

#[test]
fn a_database_being_written_is_busy_and_its_holder_named() {
    let desk = held();
    let holder = desk.writer();
    for verb in READERS.into_iter().chain([&["upgrade"][..]]) {
        let problems = desk.run(&[verb, &["--wait", "0", "--errors", "json"]].concat()).problems(3);
        assert_eq!(text(&problems[0]["kind"]), "busy");
        let process = format!("(PID {})", std::process::id());
        assert_contains(text(&problems[0]["message"]), &["the database is in use by ", &process]);
        assert!(
            !text(&problems[0]["message"]).contains("-readonly"),
            "no advice of the engine's: {problems:?}"
        );
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

#[test]
fn an_output_that_cannot_be_written_is_a_failure() {
    let desk = held();
    let verbs: [&[&str]; 5] = [
        &["report", "v100"],
        &["report", "v100", "--format", "csv"],
        &["report", "v100", "--format", "json"],
        &["reports", "list"],
        &["load", "extract.csv"],
    ];
    for verb in verbs {
        // A disk without room.
        let full = File::options().write(true).open("/dev/full").expect("a full device");
        let output = desk.command(verb).stdout(full).output().expect("program run");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{verb:?}: {stderr}");
        assert_contains(&stderr, &["harmrank: ", "No space left"]);
    }
}

/// A call of every verb that says something.
const SAYING: [&[&str]; 17] = [
    &["--help"],
    &["--version"],
    &["load", "--help"],
    &["report", "v100", "--help"],
    &["report", "v100"],
    &["report", "v100", "--format", "csv"],
    &["report", "v100", "--print-sql"],
    &["reports", "list"],
    &["reports", "show", "v100"],
    &["sql", "select 1 as a"],
    &["sql", "--about"],
    &["loads", "list"],
    &["loads", "show", "1"],
    &["runs", "list"],
    &["restrict", "list"],
    &["ledger", "show"],
    &["adapter", "list"],
];

#[test]
fn fault_32_what_cannot_be_said_is_a_failure_of_every_verb() {
    let desk = held();
    desk.run(&["report", "v100", "--archive"]).succeeded();
    for verb in SAYING {
        let full = File::options().write(true).open("/dev/full").expect("a full device");
        let output = desk.command(verb).stdout(full).output().expect("program run");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{verb:?} on a full device: {stderr}");
        assert_contains(&stderr, &["No space left"]);
        // The shell closes it, and the standard library would open /dev/null in its place.
        let mut closed = std::process::Command::new("sh");
        let command = desk.command(verb);
        closed.args(["-c", "exec \"$0\" \"$@\" >&-"]).arg(command.get_program()).args(command.get_args());
        closed.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let output = closed.current_dir(desk.path("")).output().expect("program run");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{verb:?} without standard output: {stderr}");
        assert_contains(&stderr, &["standard output is closed"]);
        // What nobody is to read fails at nothing, however it was opened.
        let null = File::options().read(true).write(true).open("/dev/null").expect("a device");
        let output = desk.command(verb).stdout(null).output().expect("program run");
        assert!(output.status.success(), "{verb:?} {output:?}");
    }
}

/// An extract that takes the program a while.
fn long_extract() -> String {
    let rows = (0..120_000).map(|row| {
        format!("C{row},8N,2026-06-{:02},P{},M,19{},V{row},F\n", 1 + row % 28, row % 40_000, 50 + row % 50)
    });
    std::iter::once(EXTRACT.lines().next().unwrap_or_default().to_owned() + "\n").chain(rows).collect()
}

fn signal(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).expect("signal sent");
}

fn is_staging(desk: &Desk) -> bool {
    desk.names().iter().any(|name| name.starts_with(".harmrank-load-"))
}

/// Loads the long extract once to see how long that takes, and puts the database back.
fn time_of_load(desk: &Desk) -> Duration {
    let bytes = std::fs::read(desk.db()).expect("bytes");
    let begun = Instant::now();
    desk.load(&["long.csv"]);
    let took = begun.elapsed();
    put_back(desk, &bytes);
    took
}

fn put_back(desk: &Desk, bytes: &[u8]) {
    let _ = std::fs::remove_file(desk.path("harmrank.duckdb.wal"));
    std::fs::write(desk.db(), bytes).expect("database put back");
}

#[test]
fn an_interrupted_load_changes_nothing_and_leaves_nothing_behind() {
    let desk = held();
    desk.write("long.csv", long_extract());
    let (bytes, before) = (std::fs::read(desk.db()).expect("bytes"), desk.whole_fingerprint());
    let whole = time_of_load(&desk);
    let mut interrupted = 0;
    // From the moment something is staged, ever later; Ctrl-C and what a service manager sends.
    for step in 0..8 {
        let child = desk.start(&["load", "long.csv"]);
        wait_until("the load stages", || is_staging(&desk));
        std::thread::sleep(whole * (5 + step * 10) / 100);
        signal(&child, if step % 2 == 0 { Signal::INT } else { Signal::TERM });
        let outcome = finish(child);
        assert_eq!(desk.names(), ["extract.csv", "harmrank.duckdb", "long.csv"], "after step {step}");
        if outcome.code == Some(0) {
            // Over before the signal came: then all of it is there.
            assert_eq!(desk.row("select count(*) from crime"), "120000", "after step {step}");
            put_back(&desk, &bytes);
            continue;
        }
        assert_contains(&outcome.failed(130), &["interrupted; nothing was changed"]);
        assert_eq!(desk.whole_fingerprint(), before, "after step {step}");
        interrupted += 1;
    }
    assert!(interrupted >= 4, "only {interrupted} of 8 signals came in time");
}

#[test]
fn an_interrupted_init_leaves_nothing() {
    let desk = Desk::bare();
    let child = desk.start(&["init"]);
    wait_until("the database is on its way", || !desk.names().is_empty());
    signal(&child, Signal::INT);
    finish(child).failed(130);
    assert!(desk.names().is_empty(), "{:?}", desk.names());
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
    desk.write("long.csv", long_extract());
    let (bytes, before) = (std::fs::read(desk.db()).expect("bytes"), desk.whole_fingerprint());
    let begun = Instant::now();
    desk.load(&["long.csv"]);
    let whole = begun.elapsed();
    let after = desk.whole_fingerprint();
    let mut unchanged = 0;
    // `HARMRANK_KILLS=50` tries more moments.
    let kills = std::env::var("HARMRANK_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(10);
    for step in 1..=kills {
        put_back(&desk, &bytes);
        let child = desk.start(&["load", "long.csv"]);
        // Most of them late, where the database is written.
        std::thread::sleep(whole * (20 + step * 80 / kills) / 100);
        signal(&child, Signal::KILL);
        child.wait_with_output().expect("program ended");
        // Opened for writing, as the next load does: what the log holds is taken into the file.
        drop(desk.writer());
        let found = desk.whole_fingerprint();
        assert!(found == before || found == after, "step {step}: neither before nor after");
        unchanged += u32::from(found == before);
    }
    assert!(unchanged > 0, "no kill came in time to test anything");
    desk.run(&["report", "v100"]).succeeded();
}

/// A load that was killed leaves its staging folder, which may hold an extract: the next load removes it.
#[test]
fn the_folder_of_a_killed_load_is_removed_by_the_next() {
    let desk = held();
    desk.write("long.csv", long_extract());
    let child = desk.start(&["load", "long.csv"]);
    wait_until("the load stages", || is_staging(&desk));
    signal(&child, Signal::KILL);
    child.wait_with_output().expect("program ended");
    assert!(is_staging(&desk), "nothing to remove");
    desk.load(&["extract.csv"]);
    assert!(!is_staging(&desk), "{:?}", desk.names());
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
