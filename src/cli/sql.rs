//! Flags of `sql`.

use super::common::Output;
use super::ledger::Purpose;
use super::reports::read_duration;
use crate::explore::Asked;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

/// Flags of `sql`.
#[derive(Clone, Debug, Args)]
pub(crate) struct SqlArgs {
    /// SQL to run, one statement or several; - reads it from standard input [default: the shell]
    #[arg(value_name = "QUERY")]
    pub(crate) query: Option<String>,
    /// File of SQL to run
    #[arg(long, short, value_name = "FILE", conflicts_with = "query")]
    pub(crate) file: Option<PathBuf>,
    /// Value of $NAME in the SQL; may be repeated
    #[arg(long = "param", value_name = "NAME[:TYPE]=VALUE")]
    pub(crate) parameters: Vec<Asked>,
    /// Most rows to show, 0 for all [default: 1000 on a terminal, else all]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Stop a statement after this time: exit code 4
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = read_duration)]
    pub(crate) timeout: Duration,
    /// Neither keep nor read a history of the shell
    #[arg(long)]
    pub(crate) no_history: bool,
    /// Shell for somebody who may not run programs or keep files here: page with `less` alone, whatever PAGER says, and
    /// keep no history
    #[arg(long, conflicts_with_all = ["query", "file"])]
    pub(crate) safe: bool,
    /// Print the security limits on this machine, and run nothing
    #[arg(long, conflicts_with_all = ["query", "file"])]
    pub(crate) about: bool,
    /// Print the command that opens the database, read-only, in a client that is not this program
    #[arg(
        long,
        value_name = "CLIENT",
        num_args = 0..=1,
        default_missing_value = "duckdb",
        require_equals = true,
        conflicts_with_all = ["query", "file", "about"],
        requires = "reason"
    )]
    pub(crate) open: Option<Client>,
    /// Why, and for whom.
    #[command(flatten)]
    pub(crate) purpose: Purpose,
    /// Where the output goes.
    #[command(flatten)]
    pub(crate) output: Output,
}

/// A client that is not this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Client {
    /// The shell of the engine.
    Duckdb,
    /// Python with the package duckdb.
    Python,
    /// R with the package duckdb.
    R,
}

pub(super) const HELP: &str = "\
The SQL is that of DuckDB 2.0. It reads the database: SELECT,
DESCRIBE, SUMMARIZE, SHOW TABLES, EXPLAIN, and for steps on the way
`create temp table|view|macro` and `set variable`, which go with the session.
No file, no network, no setting. Several statements run in order and stop at
the first that fails. --memory bounds what a query holds [default: 1GB].

Types of parameters: date, integer, decimal, boolean, text, list (of texts,
parted by commas). Without one it is told by the value: 12 is an integer, 0.5 a
decimal, 2026-06-30 a date, true a boolean, anything else text, 007 too.

  harmrank sql \"select count(*) from crime where reported_on >= \\$from\" --param from=2026-01-01

Without QUERY, on a terminal: the shell. `.help` there says what it knows.";
