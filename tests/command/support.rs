//! A desk to work at: a folder with a database and extracts, and the program run in it.

use duckdb::{AccessMode, Config, Connection};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The day it is in every test.
pub const TODAY: &str = "2026-07-01";

/// Tables that record loads as such: they differ where the outcome is the same.
const RECORDS_OF_LOADS: [&str; 8] = [
    "load_batch",
    "load_decision",
    "describing_load",
    "load_file",
    "load_reject",
    "load_issue",
    "load_undone",
    "harmrank_stamp",
];

/// A folder with, mostly, a fresh database of the default name; gone when dropped.
pub struct Desk {
    folder: PathBuf,
    /// Removes the folder when dropped; none where the folder is kept.
    _until_dropped: Option<TempDir>,
}

impl Desk {
    /// With a fresh database.
    pub fn new() -> Self {
        let desk = Self::bare();
        std::fs::copy(fresh_database(), desk.db()).expect("database copied");
        desk
    }

    /// Without a database.
    pub fn bare() -> Self {
        let folder = TempDir::with_prefix("harmrank-test-").expect("folder");
        Self { folder: folder.path().to_owned(), _until_dropped: Some(folder) }
    }

    /// In a folder below the build's, emptied first, that outlives the test: for what several tests share.
    pub fn shared(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("folder");
        Self { folder, _until_dropped: None }
    }

    /// With a database into which one extract is loaded.
    pub fn holding(extract: &str, flags: &[&str]) -> Self {
        let desk = Self::new();
        desk.load_text(extract, flags);
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The database, under its default name.
    pub fn db(&self) -> PathBuf {
        self.path("harmrank.duckdb")
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).expect("file written");
    }

    /// Names in the folder, hidden ones too, but for the ledger and its key, which are always there.
    pub fn names(&self) -> Vec<String> {
        self.all_names().into_iter().filter(|name| !name.contains(".ledger")).collect()
    }

    /// Names in the folder, hidden ones too.
    pub fn all_names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.folder).expect("folder");
        let mut names: Vec<_> =
            entries.map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The program, to be run in the folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_harmrank"));
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env("HARMRANK_TODAY", TODAY)
            .env_remove("HARMRANK_DB")
            .env_remove("HARMRANK_REPORTS")
            .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
            .stdin(Stdio::null());
        command
    }

    /// Runs the program as an account that the rights of files bind: root, who may read and write everything, gives that
    /// up before. Nothing, and a word about it, where that cannot be done.
    #[allow(clippy::print_stderr, reason = "a test that does not run says so")]
    pub fn run_bound_by_rights(&self, arguments: &[&str]) -> Option<Outcome> {
        if !rustix::process::geteuid().is_root() {
            return Some(self.run(arguments));
        }
        let inner = self.command(arguments);
        let mut command = Command::new("setpriv");
        command.args(["--bounding-set=-all", "--inh-caps=-all"]).arg(inner.get_program());
        command.args(inner.get_args()).current_dir(&self.folder).stdin(Stdio::null());
        for (name, value) in inner.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        match command.output() {
            Ok(output) => Some(Outcome::of(arguments, output)),
            Err(error) => {
                eprintln!("SKIPPED: root cannot give up its rights without setpriv: {error}");
                None
            }
        }
    }

    pub fn run(&self, arguments: &[&str]) -> Outcome {
        Outcome::of(arguments, self.command(arguments).output().expect("program run"))
    }

    /// Starts the program with both streams piped.
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("program started")
    }

    /// Loads with success and returns the account.
    pub fn load(&self, arguments: &[&str]) -> Json {
        let all = [&["load", "--format", "json"], arguments].concat();
        serde_json::from_str(&self.run(&all).succeeded()).expect("account in JSON")
    }

    /// Writes an extract and loads it with success.
    pub fn load_text(&self, extract: &str, flags: &[&str]) -> Json {
        self.write("extract.csv", extract);
        self.load(&[&["extract.csv"], flags].concat())
    }

    /// A connection of a stock client that reads.
    pub fn connection(&self) -> Connection {
        let config = Config::default().access_mode(AccessMode::ReadOnly).expect("configured");
        Connection::open_with_flags(self.db(), config).expect("database opened")
    }

    /// A connection of a stock client that writes.
    pub fn writer(&self) -> Connection {
        Connection::open(self.db()).expect("database opened")
    }

    /// Rows of a query as text: columns parted by a bar, `-` for null.
    pub fn rows(&self, sql: &str) -> Vec<String> {
        rows(&self.connection(), sql)
    }

    /// The single row of a query.
    pub fn row(&self, sql: &str) -> String {
        let rows = self.rows(sql);
        assert_eq!(rows.len(), 1, "{sql}: {rows:?}");
        rows.into_iter().next().unwrap_or_default()
    }

    /// Content of every table whatever the order of its rows, without those that record loads as such.
    pub fn fingerprint(&self) -> BTreeMap<String, String> {
        let mut all = self.whole_fingerprint();
        all.retain(|table, _| !RECORDS_OF_LOADS.contains(&table.as_str()));
        all
    }

    /// Content of every table whatever the order of its rows.
    pub fn whole_fingerprint(&self) -> BTreeMap<String, String> {
        fingerprint(&self.connection())
    }

    /// Rows of a report in JSON.
    pub fn report(&self, arguments: &[&str]) -> Json {
        let all = [&["report"], arguments, &["--format", "json"]].concat();
        serde_json::from_str(&self.run(&all).succeeded()).expect("report in JSON")
    }

    /// People of the list in order, as `rank person days`.
    pub fn list(&self, flags: &[&str]) -> Vec<String> {
        let report = self.report(&[&["v100"], flags].concat());
        let rows = report["rows"].as_array().expect("rows");
        rows.iter()
            .map(|row| format!("{} {} {}", row["harm_rank"], text(&row["person_id"]), row["harm_days"]))
            .collect()
    }
}

/// Content of every table of a database whatever the order of its rows.
pub fn fingerprint(connection: &Connection) -> BTreeMap<String, String> {
    let tables = rows(
        connection,
        "select table_name from duckdb_tables() where not internal and not temporary order by 1",
    );
    tables
        .into_iter()
        .map(|table| {
            let sql = format!("select count(*), bit_xor(hash(t)), sum(hash(t)::hugeint) from {table} as t");
            let digest = rows(connection, &sql).concat();
            (table, digest)
        })
        .collect()
}

/// Rows of a query as text: columns parted by a bar, `-` for null.
pub fn rows(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection
        .prepare(&format!("select columns(*)::varchar from ({sql})"))
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    let mut found = statement.query([]).unwrap_or_else(|error| panic!("{sql}: {error}"));
    let mut rows = Vec::new();
    while let Some(row) = found.next().expect("row") {
        let width = row.as_ref().column_count();
        let cells: Vec<_> = (0..width)
            .map(|column| {
                row.get::<_, Option<String>>(column).expect("text").unwrap_or_else(|| "-".to_owned())
            })
            .collect();
        rows.push(cells.join("|"));
    }
    rows
}

/// Lines as a text.
pub fn lines(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().map(|line| line + "\n").collect()
}

/// A text in JSON.
pub fn text(value: &Json) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}"))
}

/// A database just made, once for all tests.
fn fresh_database() -> &'static Path {
    static FRESH: OnceLock<PathBuf> = OnceLock::new();
    FRESH.get_or_init(|| {
        let desk = Desk::bare();
        desk.run(&["init"]).succeeded();
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("fresh.duckdb");
        let draft = path.with_extension(std::process::id().to_string());
        std::fs::copy(desk.db(), &draft).expect("database copied");
        std::fs::rename(&draft, &path).expect("database renamed");
        path
    })
}

/// How a run of the program ended.
#[derive(Debug)]
pub struct Outcome {
    arguments: Vec<String>,
    /// Exit code; none where a signal ended it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    pub fn of(arguments: &[&str], output: Output) -> Self {
        Self {
            arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Exit 0 and nothing on standard error; returns standard output.
    pub fn succeeded(self) -> String {
        assert_eq!(self.code, Some(0), "{:?}: {self:#?}", self.arguments);
        assert_eq!(self.stderr, "", "a quiet run is silent on standard error: {self:#?}");
        self.stdout
    }

    /// The exit code, and nothing on standard output; returns standard error.
    pub fn failed(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{self:#?}");
        assert_eq!(self.stdout, "", "standard output is data alone: {self:#?}");
        assert_ne!(self.stderr, "", "{self:#?}");
        self.stderr
    }

    /// The exit code, whatever was said on standard output before; returns standard error.
    pub fn failed_saying(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{self:#?}");
        assert_ne!(self.stderr, "", "{self:#?}");
        self.stderr
    }

    /// The exit code, after something on standard output; returns standard error.
    pub fn failed_after_rows(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{self:#?}");
        assert_ne!(self.stdout, "", "{self:#?}");
        self.stderr
    }

    /// The exit code; returns the problems that `--errors json` wrote, one object a line.
    pub fn problems(self, code: i32) -> Vec<Json> {
        let stderr = self.failed(code);
        stderr
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {stderr}")))
            .collect()
    }
}

/// Asserts that a text contains each of the parts.
#[track_caller]
pub fn assert_contains(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
}

/// Waits until something is so; fails after a while.
#[track_caller]
pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_mins(1), "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Waits for a started program.
pub fn finish(child: Child) -> Outcome {
    Outcome::of(&[], child.wait_with_output().expect("program ended"))
}
