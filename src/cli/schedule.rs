//! Flags of `schedule`.

use super::common::ListForm;
use crate::schedule::{Span, parse_span};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What to do with schedules.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum ScheduleAction {
    /// Check the file; print every error with line and column; exit code 2
    Validate,
    /// Each schedule: its last list, its state, what is next
    List {
        /// Form of the list
        #[arg(long, value_name = "FORM", default_value = "table")]
        format: ListForm,
    },
    /// Make every list that is due, once, and end
    Run(ScheduleRun),
    /// Check that every list is there; exit code 5 if one is missing, failed or too old
    Status {
        /// This schedule alone
        name: Option<String>,
        /// How old the newest list of a schedule may be: 8d, 6w, 13m
        #[arg(long, value_name = "SPAN", value_parser = parse_span)]
        fresh: Option<Span>,
        /// Form of the answer
        #[arg(long, value_name = "FORM", default_value = "table")]
        format: ListForm,
    },
    /// Print units for systemd, a line for cron, or a command for Windows
    Units(UnitForm),
}

/// Flags of `schedule run`.
#[derive(Clone, Debug, Args)]
pub(crate) struct ScheduleRun {
    /// This schedule alone
    pub(crate) name: Option<String>,
    /// The list of this period, due or not: 2026-W27, 2026-07 or 2026-07-03
    #[arg(long, value_name = "PERIOD", requires = "name")]
    pub(crate) period: Option<String>,
    /// Make it again and replace the one there is
    #[arg(long, requires = "period")]
    pub(crate) again: bool,
    /// Print what would be done, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Flags of `schedule units`.
#[derive(Clone, Debug, Args)]
#[group(multiple = false)]
pub(crate) struct UnitForm {
    /// Write a service and a timer of systemd into this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) systemd: Option<PathBuf>,
    /// Print a line for crontab
    #[arg(long)]
    pub(crate) cron: bool,
    /// Print a command for the Task Scheduler of Windows; untested
    #[arg(long)]
    pub(crate) windows: bool,
}
