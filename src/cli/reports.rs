//! Flags of `reports`, and those that every report takes.

use super::common::ListForm;
use super::ledger::Purpose;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

/// What to show of the reports.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum ReportsAction {
    /// One line per report; as JSON the catalogue with parameters and columns
    List {
        /// Form of the list
        #[arg(long, value_name = "FORM", default_value = "table")]
        format: ListForm,
    },
    /// The SQL file of a report
    Show {
        /// Name of the report
        name: String,
        /// The file as it is, or PREPARE and EXECUTE for stock 1.4 and 1.5 clients
        #[arg(long = "as", value_name = "FORM", default_value = "file")]
        form: ReportForm,
    },
    /// Write a commented file to start a report of your own
    New {
        /// Name of the report, and of its file
        name: String,
    },
    /// Check every report against an empty database; print all problems
    Validate {
        /// Folder of your own reports [default: that of --reports]
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}

/// Form in which a report is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportForm {
    /// The file.
    File,
    /// PREPARE and EXECUTE.
    Prepare,
}

/// How a report is run.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Running {
    /// Print the SQL with its values for another client of version 2.0, instead of running it
    #[arg(long, help_heading = "Run")]
    pub(crate) print_sql: bool,
    /// Stop after this time, such as 500ms, 30s or 5m: exit code 4 [default: none; 5m for a report of your own]
    #[arg(long, value_name = "TIME", value_parser = read_duration, help_heading = "Run")]
    pub(crate) timeout: Option<Duration>,
    /// Keep the run with its rows and its evidence, and print its id
    /// [default folder: archive in harmrank.toml, else harmrank-runs beside the database]
    #[arg(
        long,
        value_name = "DIR",
        num_args = 0..=1,
        require_equals = true,
        help_heading = "Run",
        conflicts_with = "print_sql"
    )]
    #[allow(clippy::option_option, reason = "the flag, and the folder it may name")]
    pub(crate) archive: Option<Option<PathBuf>>,
    /// Add a fingerprint of the rows of the data to the manifest
    #[arg(long, help_heading = "Run")]
    pub(crate) deep: bool,
    /// Why, and for whom.
    #[command(flatten)]
    pub(crate) purpose: Purpose,
}

pub(super) fn read_duration(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let milliseconds = match &text[digits.len()..] {
        "ms" => Some(1),
        "s" => Some(1_000),
        "m" => Some(60_000),
        "h" => Some(3_600_000),
        _ => None,
    };
    match (digits.parse::<u32>(), milliseconds) {
        (Ok(number), Some(each)) if number > 0 => Ok(Duration::from_millis(u64::from(number) * each)),
        _ => Err("write a whole number and a unit, such as 500ms, 30s or 5m".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_limit_has_a_unit() {
        assert_eq!(read_duration("30s"), Ok(Duration::from_secs(30)));
        assert_eq!(read_duration("500ms"), Ok(Duration::from_millis(500)));
        for wrong in ["30", "0s", "-1s", "1.5s", "s", "30 s", "1d", ""] {
            assert!(read_duration(wrong).is_err(), "{wrong}");
        }
    }
}
