//! One error value at the edge of the program: text, JSON and exit code come from it.

use crate::cancellation;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::Path;

const FULL: [&str; 3] = ["No space left on device", "File too large", "Disk quota exceeded"];
/// How the engine, bundled or linked, says that memory did not suffice.
const WANTING: [&str; 4] = ["Out of Memory Error", "o allocate ", "Allocation failure", "bad_alloc"];

/// True where the engine says that bytes of a database file are not what was written.
pub(crate) fn is_damage(text: &str) -> bool {
    let signs =
        ["checksum", "Checksum", "Corrupt", "corrupt", "Could not read enough bytes", "INTERNAL Error"];
    signs.iter().any(|sign| text.contains(sign))
}

/// What kind of failure it was; decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Something did not work: exit 1.
    Failed,
    /// Wrong arguments, parameters or configuration: exit 2.
    Usage,
    /// The database is in use by another process: exit 3.
    Busy,
    /// A time limit was reached: exit 4.
    Timeout,
    /// A check or a freshness test failed: exit 5.
    Check,
    /// Interrupted by the user or the system: exit 130.
    Interrupted,
}

impl Kind {
    /// The exit code of the process.
    pub(crate) fn exit_code(self) -> u8 {
        match self {
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Busy => 3,
            Self::Timeout => 4,
            Self::Check => 5,
            Self::Interrupted => 130,
        }
    }
}

/// What stood behind a failure, where the program acts on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Cause {
    /// The reader of the output went away.
    BrokenPipe,
    /// The database file is not what was written.
    Damaged,
    /// The engine may not use as much memory as it needs.
    OutOfMemory,
}

/// One thing that went wrong: what happened, where, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What happened, one sentence or line.
    pub message: String,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Where: a file, a line, a parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// Why a verb did not do its job: one or more problems of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Decides the exit code.
    pub kind: Kind,
    /// Everything found wrong, in the order found; never empty.
    pub problems: Vec<Problem>,
    /// What stood behind it; in the program alone, not in what it prints.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) cause: Option<Cause>,
}

impl Failure {
    /// A failure with one problem.
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self::of(kind, vec![Problem { message: message.into(), hint: None, at: None }])
    }

    /// A failure with one or more problems.
    pub(crate) fn of(kind: Kind, problems: Vec<Problem>) -> Self {
        Self { kind, problems, cause: None }
    }

    /// Something did not work: exit 1.
    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self::new(Kind::Failed, message)
    }

    /// Wrong use: exit 2.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// The database file is damaged, in the words of the engine.
    pub(crate) fn damaged(text: &str) -> Self {
        let first = text.lines().next().unwrap_or(text);
        Self::failed(format!("the database file is damaged: {first}"))
            .cause(Cause::Damaged)
            .hint("restore it from a backup, or load the extracts into a new database")
    }

    /// True where it does not matter which statement was run: the place to look is the database file or the machine.
    pub(crate) fn is_of_the_file(&self) -> bool {
        matches!(self.kind, Kind::Interrupted | Kind::Timeout)
            || matches!(self.cause, Some(Cause::Damaged | Cause::OutOfMemory))
    }

    /// A signal or the time limit stopped it.
    pub(crate) fn cancelled() -> Self {
        if cancellation::is_timed_out() && !cancellation::is_cancelled() {
            return Self::new(Kind::Timeout, "the time limit was reached; nothing was changed")
                .hint("give it more with --timeout, or ask for less");
        }
        Self::new(Kind::Interrupted, "interrupted; nothing was changed")
    }

    fn cause(self, cause: Cause) -> Self {
        Self { cause: Some(cause), ..self }
    }

    /// Adds what to do next to the last problem.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        if let Some(problem) = self.problems.last_mut() {
            problem.hint = Some(hint.into());
        }
        self
    }

    /// Adds where it happened to the last problem.
    pub(crate) fn at(mut self, at: impl Into<String>) -> Self {
        if let Some(problem) = self.problems.last_mut() {
            problem.at = Some(at.into());
        }
        self
    }

    /// What the system said of a file or folder, at its path.
    pub(crate) fn io(error: &dyn fmt::Display, path: &Path) -> Self {
        Self::of_system(&error.to_string()).at_path(path)
    }

    /// What the system said, in words of what to do where the disk is full.
    fn of_system(text: &str) -> Self {
        if FULL.iter().any(|words| text.contains(words)) {
            return Self::failed(format!("no room on the disk: {text}")).hint("free some room and try again");
        }
        Self::failed(text)
    }

    pub(crate) fn at_path(self, path: &Path) -> Self {
        self.at(path.display().to_string())
    }

    /// True where the reader of the output went away, which is no failure of ours.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        self.cause == Some(Cause::BrokenPipe)
    }

    /// One JSON object per problem, each on its line.
    pub(crate) fn to_json_lines(&self) -> String {
        #[derive(Serialize)]
        struct Line<'a> {
            kind: Kind,
            #[serde(flatten)]
            problem: &'a Problem,
        }
        self.problems
            .iter()
            .filter_map(|problem| serde_json::to_string(&Line { kind: self.kind, problem }).ok())
            .collect::<Vec<_>>()
            .join("\n")
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, problem) in self.problems.iter().enumerate() {
            if number > 0 {
                writeln!(out)?;
            }
            write!(out, "harmrank: ")?;
            if let Some(at) = &problem.at {
                write!(out, "{at}: ")?;
            }
            write!(out, "{}", problem.message)?;
            if let Some(hint) = &problem.hint {
                write!(out, "\n  {hint}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

impl From<duckdb::Error> for Failure {
    fn from(error: duckdb::Error) -> Self {
        let text = error.to_string();
        if text.contains("exceeded maximum execution time") {
            return Self::new(Kind::Timeout, "a query took longer than it may: does it come to an end?")
                .hint("ask for less, or mend the query");
        }
        if text.contains("\"exception_type\":\"INTERRUPT\"")
            || text.starts_with("INTERRUPT Error")
            || text.contains("INTERRUPT Error: Interrupted")
        {
            return Self::cancelled();
        }
        if is_damage(&text) {
            return Self::damaged(&text);
        }
        if FULL.iter().any(|words| text.contains(words)) {
            let first = text.lines().next().unwrap_or_default();
            return Self::failed(format!("no room on the disk: {first}"))
                .hint("free some room and try again; nothing was changed");
        }
        if WANTING.iter().any(|words| text.contains(words)) {
            return Self::failed("more memory is needed than may be used")
                .cause(Cause::OutOfMemory)
                .hint("give it more with --memory, such as --memory 4GB, or ask for less");
        }
        let told = engine_error(&text);
        Self::failed(told.as_ref().map_or(text.trim_end(), |told| told.message.trim_end()))
    }
}

/// An error as the engine tells it where it is asked for JSON.
pub(crate) struct EngineError {
    /// Its kind and its words.
    pub(crate) message: String,
    /// The byte of the statement it speaks of.
    pub(crate) position: Option<usize>,
}

/// Reads `Kind Error: {...}`; nothing where the engine was not asked for JSON.
pub(crate) fn engine_error(text: &str) -> Option<EngineError> {
    let (kind, json) = text.split_at(text.find("{\"exception_type\"")?);
    let told: serde_json::Value = serde_json::Deserializer::from_str(json).into_iter().next()?.ok()?;
    let position = told["position"].as_str().and_then(|position| position.parse().ok());
    Some(EngineError { message: format!("{kind}{}", told["exception_message"].as_str()?), position })
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self::failed("the reader of the output went away").cause(Cause::BrokenPipe);
        }
        Self::of_system(&error.to_string())
    }
}
