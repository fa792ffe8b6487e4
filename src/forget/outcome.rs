//! What an erasure found and did, in counts and in words.

use super::archived_run::Amended;
use crate::wording;
use serde::Serialize;
use std::fmt;

/// What was done, in counts.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Forgotten {
    /// Every reference of the person, the merged ones too.
    pub(crate) references: Vec<String>,
    /// True where nothing was done.
    pub(crate) is_dry: bool,
    /// Day on which they had been forgotten before; none: not before.
    pub(crate) forgotten_before_on: Option<String>,
    /// What the database held of them.
    pub(crate) held: Vec<Held>,
    /// Archived runs that named them.
    pub(crate) runs: Vec<Amended>,
    /// Columns in which the same letters still stand, as something else than their reference.
    pub(crate) left: Vec<Left>,
}

/// What the database held of them, of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Held {
    pub(crate) what: String,
    pub(crate) now: i64,
    /// How many in superseded versions.
    pub(crate) past: i64,
}

/// A column in which the same letters still stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Left {
    pub(crate) column: String,
    /// In how many rows.
    pub(crate) rows: i64,
}

impl fmt::Display for Forgotten {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let done = if self.is_dry { "would be forgotten" } else { "forgotten" };
        let merged = if self.references.len() > 1 { ", merged references of one person" } else { "" };
        writeln!(out, "{done}: {}{merged}", self.references.join(", "))?;
        if let Some(day) = &self.forgotten_before_on {
            writeln!(out, "  on the list of those not taken in since {day}")?;
        }
        if self.held.is_empty() {
            writeln!(out, "  the database holds nothing of them")?;
        }
        for held in &self.held {
            write!(out, "  {:>7}  {}", held.now, held.what)?;
            let past =
                if held.past > 0 { format!("; {} in superseded versions", held.past) } else { String::new() };
            writeln!(out, "{past}")?;
        }
        for run in &self.runs {
            writeln!(out, "  {run}")?;
        }
        for left in &self.left {
            writeln!(
                out,
                "  the same letters stand in {} of {}, not as their reference",
                wording::rows(left.rows),
                left.column
            )?;
        }
        if self.is_dry {
            return writeln!(out, "nothing was changed");
        }
        writeln!(
            out,
            "what was written elsewhere with -o, printed or disclosed, backups, and the history of each account's \
             shell are not reached: `harmrank ledger who-saw` says who saw what"
        )
    }
}
