//! The n-th system call of a verb fails, or the process is killed at it, and what is left behind is looked at.
//!
//! After each such fault
//! - the database opens, and each of its tables is as before the verb or as after it; all of one kind, but for the verbs
//!   that go in steps;
//! - exit 0 means as after, "nothing was changed" and "nothing was written" mean as before;
//! - a fault that the program lives through leaves no file that is neither before nor after, and a kill none after the
//!   same command again; no file is cut short;
//! - the same command again completes what is not complete, and the ledger holds.
//!
//! Two points of each verb are tried. `FAULTS=N cargo test --test command faults -- --nocapture` tries N of each kind
//! of fault and says how many there were; `FAULTS=0` all.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it says how many points were tried, or why none"
)]

use crate::support::{Desk, Outcome, rows};
use duckdb::{AccessMode, Config, Connection};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const EXTRACT: &str = "\
crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex
C1,19C,2026-06-01,P1,M,1990,V1,F
C2,8N,2026-06-02,P1,M,1990,V2,F
C3,8N,2026-06-03,P2,M,1980,V2,F
";
const LATER: &str = "\
crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex
C1,19C,2026-06-01,P1,M,1990,V1,F
C2,19C,2026-06-02,P1,M,1990,V2,F
C3,19C,2026-06-03,P2,M,1980,V2,F
C4,8N,2026-06-09,P3,M,1985,V3,F
";
const PROTECTED: &str = "person_id,ethnicity\nP1,W1\nP2,B1\n";
const SCHEDULES: &str = "\
[schedule.weekly]
report = \"v100\"
period = \"weekly\"
on = \"monday\"
formats = [\"csv\", \"json\"]
";
const LOAD: &[&str] = &["load", "later.csv", "--extract-date", "2026-06-10"];
const LOAD_PROTECTED: &[&str] = &["load", "--protected", "protected.csv", "--extract-date", "2026-06-10"];
const RESTRICT: &[&str] = &["restrict", "--person", "P1", "--why", "accuracy contested"];
const ARCHIVE: &[&str] = &["report", "v100", "--archive"];
const SCHEDULE: &[&str] = &["schedule", "run", "weekly"];

/// What is done to a system call.
struct Kind {
    name: &'static str,
    calls: &'static str,
    fault: &'static str,
    /// True where every later one fails too.
    goes_on: bool,
}

const KINDS: [Kind; 9] = [
    Kind {
        name: "full disk",
        calls: "write,pwrite64,writev,ftruncate",
        fault: "error=ENOSPC",
        goes_on: true,
    },
    Kind { name: "write error", calls: "write,pwrite64,writev", fault: "error=EIO", goes_on: false },
    Kind { name: "read error", calls: "read,pread64", fault: "error=EIO", goes_on: false },
    Kind { name: "sync error", calls: "fsync,fdatasync", fault: "error=EIO", goes_on: false },
    Kind {
        name: "rename refused",
        calls: "rename,renameat,renameat2,link,linkat",
        fault: "error=EACCES",
        goes_on: false,
    },
    Kind { name: "open refused", calls: "openat,open,creat", fault: "error=EACCES", goes_on: false },
    Kind { name: "no new folder", calls: "mkdir,mkdirat", fault: "error=ENOSPC", goes_on: false },
    Kind { name: "removal refused", calls: "unlink,unlinkat,rmdir", fault: "error=EACCES", goes_on: false },
    Kind {
        name: "kill",
        calls: "write,pwrite64,fsync,fdatasync,openat,rename,renameat,renameat2,linkat,unlink,unlinkat,rmdir,mkdir",
        fault: "signal=KILL",
        goes_on: false,
    },
];

/// A verb, what is done before it, and what is left undone where it stops half-way.
struct Verb {
    name: &'static str,
    before: &'static [&'static [&'static str]],
    command: &'static [&'static str],
    /// True where it goes in steps, which the same command again completes.
    has_steps: bool,
}

const fn verb(
    name: &'static str,
    before: &'static [&'static [&'static str]],
    command: &'static [&'static str],
) -> Verb {
    Verb { name, before, command, has_steps: false }
}

impl Verb {
    /// True for the kinds of which each verb tries one point at every run of the tests: a kill, and another by turns.
    fn few(&self, kind: usize) -> bool {
        let place = VERBS.iter().position(|verb| verb.name == self.name).unwrap_or_default();
        kind == KINDS.len() - 1 || kind == place % (KINDS.len() - 1)
    }
}

const VERBS: [Verb; 14] = [
    verb("init", &[], &["init", "--db", "new.duckdb"]),
    verb("load", &[], LOAD),
    verb("load --protected", &[], LOAD_PROTECTED),
    verb("undo", &[LOAD], &["loads", "undo", "2"]),
    Verb {
        has_steps: true,
        ..verb(
            "forget",
            &[ARCHIVE, SCHEDULE, LOAD_PROTECTED],
            &["forget", "--person", "P1", "--why", "court"],
        )
    },
    verb("restrict", &[], RESTRICT),
    verb("lift", &[RESTRICT], &["restrict", "--person", "P1", "--why", "it was right", "--lift"]),
    // Its last step is the stamp.
    Verb { has_steps: true, ..verb("upgrade", &[], &["upgrade"]) },
    verb("report -o", &[], &["report", "v100", "--format", "csv", "-o", "list.csv"]),
    verb("report --archive", &[], ARCHIVE),
    verb("schedule run", &[], SCHEDULE),
    verb("sql -o", &[], &["sql", "from crime", "--format", "csv", "-o", "rows.csv"]),
    verb("adapter new", &[], &["adapter", "new", "later.csv", "-o", "draft.sql"]),
    verb("reports new", &[], &["reports", "new", "mine", "--reports", "mine"]),
];

/// Tables by name, and files by name without what is drawn anew each time.
#[derive(Clone, Debug, PartialEq, Eq)]
struct State {
    tables: BTreeMap<String, String>,
    files: BTreeMap<String, Vec<u8>>,
}

impl State {
    fn of(desk: &Desk) -> Result<Self, String> {
        let mut tables = BTreeMap::new();
        for name in ["harmrank.duckdb", "harmrank.protected.duckdb", "new.duckdb"] {
            if desk.path(name).exists() {
                tables.extend(tables_of(&desk.path(name), name)?);
            }
        }
        let mut files = BTreeMap::new();
        files_below(&desk.path(""), "", &mut files);
        Ok(Self { tables, files })
    }
}

/// Content of the tables of a database, whatever the order of its rows and whenever they were written.
fn tables_of(path: &Path, database: &str) -> Result<BTreeMap<String, String>, String> {
    let open = || {
        let config = Config::default().access_mode(AccessMode::ReadOnly)?;
        let connection = Connection::open_with_flags(path, config)?;
        connection.execute_batch("from duckdb_tables()")?;
        Ok(connection)
    };
    let connection = open().map_err(|error: duckdb::Error| format!("{database} does not open: {error}"))?;
    let columns = "select table_name, string_agg('\"' || column_name || '\"', ', ' order by column_index)
         from duckdb_columns() where not internal and table_name in (select table_name from duckdb_tables())
         and not starts_with(data_type, 'TIMESTAMP') group by all";
    let found = rows(&connection, columns).into_iter().map(|row| {
        let (table, columns) = row.split_once('|').expect("two columns");
        let digest = format!(
            "select count(*), bit_xor(hash(t)), sum(hash(t)::hugeint) from (select {columns} from {table}) as t"
        );
        (format!("{database}: {table}"), rows(&connection, &digest).concat())
    });
    Ok(found.collect())
}

fn files_below(folder: &Path, within: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if within.is_empty() { name.clone() } else { format!("{within}/{name}") };
        // Of an own folder each time, or compared as tables.
        let is_apart = within.is_empty() && (name == ".cache" || name.contains(".ledger"));
        if entry.path().is_dir() && !is_apart {
            found.insert(format!("{}/", shape(&path)), Vec::new());
            files_below(&entry.path(), &path, found);
        } else if !is_apart {
            let is_database = name.contains(".duckdb");
            let bytes = if is_database { Vec::new() } else { fs::read(entry.path()).unwrap_or_default() };
            // A log is of no account where the tables are right.
            if Path::new(&name).extension().is_none_or(|ending| ending != "wal") {
                found.insert(shape(&path), bytes);
            }
        }
    }
}

/// The name of a file, an id of a run as `ID`.
fn shape(path: &str) -> String {
    let is_moment = |word: &str| word.len() == 14 && word.bytes().all(|byte| byte.is_ascii_digit());
    let parts = path.split('/').map(|part| if part.split('-').any(is_moment) { "ID" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

fn copied(desk: &Desk) -> Desk {
    let copy = Desk::bare();
    let from = desk.path("").join(".");
    let status = Command::new("cp").arg("-a").arg(from).arg(copy.path("")).status().expect("cp");
    assert!(status.success());
    copy
}

/// Runs the program, under `strace` where expressions for it are given.
fn run(desk: &Desk, arguments: &[&str], expressions: &[String]) -> Outcome {
    let arguments = [arguments, &["--threads", "1", "--wait", "0"]].concat();
    let mut inner = desk.command(&arguments);
    inner.env("XDG_CACHE_HOME", desk.path(".cache"));
    if expressions.is_empty() {
        return Outcome::of(&arguments, inner.output().expect("program run"));
    }
    let mut traced = Command::new("strace");
    traced.args(["-f", "-qq", "-o"]).arg(desk.path(".cache/calls"));
    traced.args(expressions.iter().flat_map(|expression| ["-e", expression]));
    traced.arg(inner.get_program()).args(inner.get_args()).current_dir(desk.path("")).stdin(Stdio::null());
    for (name, value) in inner.get_envs() {
        match value {
            Some(value) => traced.env(name, value),
            None => traced.env_remove(name),
        };
    }
    Outcome::of(&arguments, traced.output().expect("strace run"))
}

/// The numbers of the calls that one thread makes, without those that look for what belongs to the system.
fn numbers(ready: &Desk, kind: &Kind, command: &[&str]) -> Vec<usize> {
    let desk = copied(ready);
    run(&desk, command, &[format!("trace={}", kind.calls)]);
    let log = fs::read(desk.path(".cache/calls")).expect("calls");
    let mut by_thread = BTreeMap::<String, usize>::new();
    let mut numbers = BTreeSet::new();
    for line in String::from_utf8_lossy(&log).lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        if call.starts_with("<...") || call.starts_with("---") || call.starts_with("+++") {
            continue;
        }
        let number = by_thread.entry(thread.to_owned()).or_default();
        *number += 1;
        let system = ["\"/proc", "\"/sys", "\"/etc", "\"/lib", "\"/usr", "\"/dev"];
        let is_of_system = system.iter().any(|path| call.contains(path)) || call.contains(".so");
        if !is_of_system && (kind.fault != "error=EIO" || !call.starts_with("read(") || *number > 9) {
            numbers.insert(*number);
        }
    }
    numbers.into_iter().collect()
}

/// So many of some numbers, both ends among them; all for 0.
fn spread(numbers: &[usize], points: usize) -> Vec<usize> {
    if points == 0 || numbers.len() <= points {
        return numbers.to_vec();
    }
    (0..points).map(|point| numbers[point * (numbers.len() - 1) / (points - 1).max(1)]).collect()
}

/// What is not as it should be after a fault.
struct Found<'a> {
    desk: &'a Desk,
    verb: &'a Verb,
    before: &'a State,
    after: &'a State,
    wrong: Vec<String>,
}

impl Found<'_> {
    fn check(&mut self, outcome: &Outcome, is_kill: bool) -> Result<(), String> {
        let state = State::of(self.desk)?;
        let (before, after) = (self.before, self.after);
        let is_in_one = |name: &String, table: &String| {
            before.tables.get(name) == Some(table) || after.tables.get(name) == Some(table)
        };
        let is_whole = state.tables == before.tables || state.tables == after.tables;
        let odd: Vec<_> = state
            .tables
            .iter()
            .filter(|(name, table)| !is_in_one(name, table))
            .map(|(name, _)| name)
            .collect();
        if !is_whole && (!self.verb.has_steps || outcome.code == Some(0)) {
            self.wrong.push(format!("tables neither before nor after: {odd:?}"));
        }
        self.check_words(outcome, &state);
        // The engine ends the process where it finds no other way; what must not be removed stays until the next command.
        let is_ended = is_kill || outcome.code.is_none() || outcome.stderr.contains("INTERNAL");
        if !is_ended {
            let mut state = state.clone();
            // Why there is no list is noted until there is one.
            state.files.retain(|name, _| !name.ends_with(".failed.json"));
            self.check_leavings(&state);
        }
        self.check_cut(&state);
        self.complete(&state)
    }

    fn check_words(&mut self, outcome: &Outcome, state: &State) {
        let Self { before, after, wrong, .. } = self;
        let said = outcome.stderr.trim();
        if outcome.code == Some(0) && (state.tables != after.tables || state.files.len() < after.files.len())
        {
            wrong.push(format!("exit 0, but not done: {said}"));
        }
        let claims_nothing = said.contains("nothing was changed") || said.contains("nothing was written");
        if claims_nothing && (state.tables != before.tables || state.files.len() > before.files.len()) {
            wrong.push(format!("something was done, against: {said}"));
        }
        let is_panic = outcome.code == Some(101) || said.contains("panicked");
        let is_known = matches!(outcome.code, None | Some(0 | 1 | 2 | 3 | 5 | 130 | 134 | 127));
        if is_panic || !is_known {
            wrong.push(format!("exit {:?}: {said}", outcome.code));
        }
    }

    fn check_leavings(&mut self, state: &State) {
        let known = |name: &String| {
            // A lock that could not be removed from what was published is empty, and locks nothing.
            let is_lock = name.ends_with("/.in-use") && !name.contains(".harmrank-");
            is_lock || self.before.files.contains_key(name) || self.after.files.contains_key(name)
        };
        let left: Vec<_> = state.files.keys().filter(|name| !known(name)).collect();
        if !left.is_empty() {
            self.wrong.push(format!("left behind: {left:?}"));
        }
    }

    fn check_cut(&mut self, state: &State) {
        for (name, bytes) in &state.files {
            let known = [self.before, self.after].into_iter().filter_map(|known| known.files.get(name));
            let known: Vec<_> = known.collect();
            let least = known.iter().map(|bytes| bytes.len()).min().unwrap_or(0);
            // Moments and hashes in it differ.
            let differs = ["manifest", "schedule.json", "ID"].iter().any(|part| name.contains(part));
            let is_known = known.contains(&bytes) || differs && bytes.len() + 200 > least;
            // A page of the lists there are is shorter where there is none.
            let is_page = name.ends_with("index.html");
            if !known.is_empty() && !is_known && !is_page && bytes.len() < least {
                self.wrong.push(format!("cut short: {name}, {} bytes of {least}", bytes.len()));
            }
        }
    }

    /// Gives the same command again where it is not done, and something else where it is.
    fn complete(&mut self, state: &State) -> Result<(), String> {
        let is_done = state.tables == self.after.tables
            && self.after.files.keys().all(|name| state.files.contains_key(name));
        let again = if is_done && !self.verb.has_steps {
            run(self.desk, &["forget", "--person", "nobody", "--why", "to clear up"], &[])
        } else {
            run(self.desk, self.verb.command, &[])
        };
        if !is_done && again.code != Some(0) {
            self.wrong.push(format!("the same command again: {:?} {}", again.code, again.stderr.trim()));
        }
        let state = State::of(self.desk)?;
        if state.tables != self.after.tables {
            self.wrong.push(format!("the same command again does not complete it: {}", again.stderr.trim()));
        }
        self.check_leavings(&state);
        let verified = run(self.desk, &["ledger", "verify"], &[]);
        if verified.code != Some(0) {
            self.wrong.push(format!("the ledger: {} {}", verified.stdout.trim(), verified.stderr.trim()));
        }
        Ok(())
    }
}

/// Tries points of every kind of fault on one verb; how many, and what was wrong.
fn try_verb(verb: &Verb, base: &Desk, points: Option<usize>) -> (usize, Vec<String>) {
    let ready = copied(base);
    for step in verb.before {
        let outcome = run(&ready, step, &[]);
        assert_eq!(outcome.code, Some(0), "{step:?}: {outcome:?}");
    }
    if verb.name == "upgrade" {
        ready.writer().execute_batch("update harmrank_stamp set sql_hash = 'of another'").expect("changed");
    }
    let done = copied(&ready);
    let outcome = run(&done, verb.command, &[]);
    assert_eq!(outcome.code, Some(0), "{}: {outcome:?}", verb.name);
    let (before, after) = (State::of(&ready).expect("state"), State::of(&done).expect("state"));
    let (mut tried, mut wrong) = (0, Vec::new());
    for kind in KINDS
        .iter()
        .enumerate()
        .filter(|(number, _)| points.is_some() || verb.few(*number))
        .map(|(_, kind)| kind)
    {
        let all = numbers(&ready, kind, verb.command);
        let chosen = points.map_or_else(
            || all.get(all.len() / 2).copied().into_iter().collect(),
            |points| spread(&all, points),
        );
        for point in chosen {
            let desk = copied(&ready);
            let onwards = if kind.goes_on { "+" } else { "" };
            let inject = format!("inject={}:{}:when={point}{onwards}", kind.calls, kind.fault);
            let outcome = run(&desk, verb.command, &[format!("trace={}", kind.calls), inject]);
            let mut found = Found { desk: &desk, verb, before: &before, after: &after, wrong: Vec::new() };
            if let Err(failure) = found.check(&outcome, ["kill", "removal refused"].contains(&kind.name)) {
                found.wrong.push(failure);
            }
            tried += 1;
            let at = format!("{}, {} {point} of {:?}", verb.name, kind.name, all.last());
            wrong.extend(found.wrong.into_iter().map(|problem| format!("{at}: {problem}")));
        }
    }
    (tried, wrong)
}

/// True where faults can be injected here.
fn can_trace() -> bool {
    let traced = Command::new("strace").args(["-f", "-qq", "-o", "/dev/null", "true"]).output();
    traced.is_ok_and(|output| output.status.success())
}

#[test]
fn a_fault_at_any_system_call_loses_nothing_and_is_told_as_it_is() {
    if !can_trace() {
        eprintln!("SKIPPED: without strace, and the right to trace, no faults can be injected");
        return;
    }
    let points = std::env::var("FAULTS").ok().map(|text| text.parse().expect("FAULTS is a number"));
    let only = std::env::var("FAULTS_OF").ok();
    let base = Desk::bare();
    fs::create_dir(base.path(".cache")).expect("folder");
    for (name, text) in [
        ("extract.csv", EXTRACT),
        ("later.csv", LATER),
        ("protected.csv", PROTECTED),
        ("schedules.toml", SCHEDULES),
    ] {
        base.write(name, text);
    }
    for step in [&["init"][..], &["load", "extract.csv", "--extract-date", "2026-06-05"]] {
        assert_eq!(run(&base, step, &[]).code, Some(0), "{step:?}");
    }
    let (mut tried, mut wrong) = (0, Vec::new());
    let verbs: Vec<_> =
        VERBS.iter().filter(|verb| only.as_deref().is_none_or(|only| only == verb.name)).collect();
    for verb in verbs {
        let (points, found) = try_verb(verb, &base, points);
        println!("{:<18} {points} points, {} wrong", verb.name, found.len());
        for line in &found {
            println!("  {line}");
        }
        tried += points;
        wrong.extend(found);
    }
    println!("{tried} points");
    assert!(wrong.is_empty(), "{} wrong of {tried} points:\n{}", wrong.len(), wrong.join("\n"));
}
