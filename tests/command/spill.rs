//! What does not fit into memory goes to disk unreadable.

use crate::support::{Desk, finish, wait_until};
use duckdb::{Config, Connection};
use memchr::memmem::Finder;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Child;
use std::time::Duration;

/// Stands in every row of what is asked for here.
const MARK: &str = "MARKEDNOMINAL";

/// Sorts more than fits into 64 MB.
const SORT: &str =
    "select max(c) as m, max(length(b)) as n from (select b, row_number() over (order by b) as c
    from (select md5(range::varchar) || repeat('MARKEDNOMINAL', 9) as b from range(400000)))";

/// What was seen in the files of a folder.
#[derive(Debug, Default)]
struct Seen {
    /// Bytes, the most at one time.
    bytes: usize,
    /// Places at which the mark stood.
    marks: usize,
}

impl Seen {
    fn look(&mut self, folder: &Path) {
        let mark = Finder::new(MARK);
        let mut bytes = 0;
        for entry in folder.read_dir().into_iter().flatten().flatten() {
            // One that has gone meanwhile was seen before, or held nothing.
            let held = std::fs::read(entry.path()).unwrap_or_default();
            bytes += held.len();
            self.marks += mark.find_iter(&held).count();
        }
        self.bytes = self.bytes.max(bytes);
    }

    /// Looks on until the program ends, with success, at the folders it spills to.
    fn while_runs(desk: &Desk, mut program: Child) -> Self {
        let mut seen = Self::default();
        while program.try_wait().expect("program").is_none() {
            let spills = |name: &String| name.starts_with(".harmrank-") || name == "harmrank.duckdb.tmp";
            for name in desk.names().iter().filter(|name| spills(name)) {
                seen.look(&desk.path(name));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let outcome = finish(program);
        assert_eq!(outcome.code, Some(0), "{outcome:?}");
        seen
    }

    #[track_caller]
    fn is_unreadable(&self) {
        assert!(self.bytes > 2_000_000, "little was put aside, so nothing is shown: {self:?}");
        assert_eq!(self.marks, 0, "{self:?}");
    }
}

#[test]
fn the_engine_left_to_itself_puts_rows_aside_in_plain() {
    let folder = tempfile::tempdir().expect("folder");
    let config = Config::default()
        .max_memory("64MB")
        .and_then(|config| config.threads(1))
        .and_then(|config| config.with("temp_directory", folder.path().display().to_string()));
    let connection = Connection::open_in_memory_with_flags(config.expect("configured")).expect("opened");
    let handle = connection.interrupt_handle();
    let runs = std::thread::spawn(move || connection.execute_batch(SORT));
    let mut seen = Seen::default();
    while !runs.is_finished() && seen.marks == 0 {
        seen.look(folder.path());
        std::thread::sleep(Duration::from_millis(20));
    }
    handle.interrupt();
    let _ = runs.join();
    assert!(seen.marks > 0, "the tests below could not fail: {seen:?}");
}

#[test]
fn a_query_puts_aside_nothing_that_can_be_read() {
    let desk = Desk::new();
    // Without Landlock nothing is put aside.
    if desk.run(&["sql", "--about"]).succeeded().contains("encrypted (AES") {
        let program = desk.start(&["sql", SORT, "--memory", "64MB", "--threads", "1", "--format", "csv"]);
        Seen::while_runs(&desk, program).is_unreadable();
    }
}

#[test]
fn what_a_killed_query_put_aside_goes_with_the_next_command_and_that_of_a_live_one_stays() {
    let desk = Desk::new();
    let spills = || {
        let names = desk.names().into_iter();
        names.filter(|name| name.starts_with(".harmrank-sql-")).collect::<Vec<_>>()
    };
    let start = || desk.start(&["sql", SORT, "--memory", "64MB", "--threads", "1", "--format", "csv"]);
    let mut killed = start();
    wait_until("it has a folder", || spills().len() == 1);
    let orphan = spills();
    killed.kill().expect("killed");
    killed.wait().expect("ended");
    assert_eq!(spills(), orphan, "nobody is left to remove it");
    let live = start();
    wait_until("the orphan is gone and another is there", || spills().len() == 1 && spills() != orphan);
    let used = spills();
    desk.run(&["sql", "select 1 as one", "--format", "csv"]).succeeded();
    assert_eq!(spills(), used);
    assert_eq!(finish(live).code, Some(0));
    assert_eq!(spills(), Vec::<String>::new());
}

#[test]
fn a_load_puts_aside_nothing_that_can_be_read() {
    let desk = Desk::new();
    let mut extract = "crime_id,code,reported_on,suspect_id,victim_id,area\n".to_owned();
    for row in 0..90_000 {
        let (month, day) = (row % 5 + 1, row % 9 + 10);
        writeln!(extract, "C{row},8N,2026-0{month}-{day},{MARK}{row},V{MARK}{row},A{MARK}{row}")
            .expect("a row");
    }
    desk.write("extract.csv", extract);
    let program = desk.start(&["load", "extract.csv", "--memory", "100MB", "--threads", "1"]);
    Seen::while_runs(&desk, program).is_unreadable();
}
