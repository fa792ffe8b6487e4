//! Long work: the time limit, Ctrl-C, and nothing left behind.

use super::held;
use crate::support::{Desk, assert_contains, finish};
use rustix::process::{Pid, Signal, kill_process};
use std::time::{Duration, Instant};

/// A step that takes an hour, after one that takes none.
const ENDLESS: &str = "/*\ntitle = 't'\nsummary = 's'\nstatement = 'x'\n*/
create temp table quick as select 1 as one;
create temp table slow as
select count(*) as n from range(3000000) as a, range(3000000) as b where hash(a.range + b.range) % 7 = 1;
select n, one from slow, quick";

fn endless() -> Desk {
    let desk = held();
    std::fs::create_dir(desk.path("mine")).expect("folder");
    desk.write("mine/endless.sql", ENDLESS);
    desk
}

const CALL: [&str; 6] = ["report", "endless", "--reports", "mine", "-o", "list.csv"];
const LEFT: [&str; 3] = ["extract.csv", "harmrank.duckdb", "mine"];

#[test]
fn a_time_limit_ends_a_report_with_exit_4_and_nothing_written() {
    let desk = endless();
    let begun = Instant::now();
    let stderr = desk.run(&[&CALL[..], &["--timeout", "700ms"]].concat()).failed(4);
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert_contains(&stderr, &["the time limit was reached", "--timeout"]);
    assert_eq!(desk.names(), LEFT);
    // Time enough changes nothing.
    desk.run(&["report", "v100", "--timeout", "1h"]).succeeded();
    assert_contains(
        &desk.run(&["report", "v100", "--timeout", "30"]).failed(2),
        &["such as 500ms, 30s or 5m"],
    );
}

#[test]
fn a_kept_run_that_is_stopped_leaves_nothing_in_the_archive() {
    let desk = endless();
    desk.run(&["report", "endless", "--reports", "mine", "--archive=kept", "--timeout", "700ms"]).failed(4);
    assert_eq!(std::fs::read_dir(desk.path("kept")).map_or(0, Iterator::count), 0);
    assert_eq!(desk.run(&["runs", "list", "--archive", "kept"]).succeeded(), "");
}

#[test]
fn a_time_limit_holds_while_another_process_has_the_database() {
    let desk = held();
    let holder = desk.writer();
    let begun = Instant::now();
    desk.run(&["report", "v100", "--wait", "60", "--timeout", "500ms"]).failed(4);
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    drop(holder);
}

#[test]
fn an_interrupted_report_stops_within_a_second_and_leaves_nothing() {
    let desk = endless();
    for signal in [Signal::INT, Signal::TERM] {
        let child = desk.start(&CALL);
        std::thread::sleep(Duration::from_millis(800));
        let begun = Instant::now();
        kill_process(Pid::from_child(&child), signal).expect("signal sent");
        let outcome = finish(child);
        let took = begun.elapsed();
        assert_contains(&outcome.failed(130), &["interrupted; nothing was changed"]);
        assert!(took < Duration::from_secs(2), "{took:?}");
        assert_eq!(desk.names(), LEFT);
    }
}
