//! Flags that several verbs take, and the forms of their answers.

use crate::render::Format;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Flags that every verb takes.
#[derive(Clone, Debug, Args)]
pub(crate) struct Common {
    /// Database file [default: harmrank.duckdb here]
    #[arg(long, global = true, value_name = "FILE", env = "HARMRANK_DB")]
    pub(crate) db: Option<PathBuf>,
    /// Seconds to wait while another process uses the database
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 10)]
    pub(crate) wait: u64,
    /// Worker threads of the engine [default: all cores]
    #[arg(long, global = true, value_name = "N", value_parser = read_threads)]
    pub(crate) threads: Option<usize>,
    /// Memory limit of the engine, for instance 2GB [default: the engine's own]
    #[arg(long, global = true, value_name = "SIZE", value_parser = read_size)]
    pub(crate) memory: Option<String>,
    /// Folder of your own reports [default: reports in harmrank.toml beside the database]
    // Read before the line is parsed, see early.rs.
    #[arg(long, global = true, value_name = "DIR", env = "HARMRANK_REPORTS")]
    pub(crate) reports: Option<PathBuf>,
    /// Format of errors on standard error
    #[arg(long, global = true, value_name = "FORM", default_value = "text")]
    pub(crate) errors: ErrorForm,
}

fn read_threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number @ 1..=1024) => Ok(number),
        _ => Err("write a whole number from 1 to 1024".to_owned()),
    }
}

fn read_size(text: &str) -> Result<String, String> {
    match bytes_of(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err("write a number and a unit, such as 500MB or 2GB".to_owned()),
    }
}

/// A size such as 500MB or 1.5GiB, in bytes; nothing where it is none.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a size; less than a byte is lost"
)]
pub(crate) fn bytes_of(text: &str) -> Option<u64> {
    let number = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = text[number.len()..].to_ascii_uppercase();
    let (base, prefix) = match unit.strip_suffix("IB") {
        Some(prefix) => (1024.0_f64, prefix),
        None => (1000.0, unit.strip_suffix('B')?),
    };
    let power = match prefix {
        "K" => 1,
        "M" => 2,
        "G" => 3,
        "T" => 4,
        _ => return None,
    };
    let number = number.parse::<f64>().ok().filter(|number| *number > 0.0)?;
    Some((number * base.powi(power)) as u64)
}

/// How errors are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ErrorForm {
    /// For people.
    Text,
    /// One JSON object per problem: kind, message, hint, at.
    Json,
}

/// Where output goes.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Output {
    /// Form of the output [default: by the ending of --output, else table]
    #[arg(long, value_name = "FORM", help_heading = "Output")]
    pub(crate) format: Option<Format>,
    /// File to write, complete or not at all [default: standard output]
    #[arg(id = "output", long = "output", short = 'o', value_name = "FILE", help_heading = "Output")]
    pub(crate) file: Option<PathBuf>,
    /// Also replace databases, SQL and settings of other programs; harmrank's own files are never replaced
    #[arg(long, help_heading = "Output")]
    pub(crate) force: bool,
    /// In csv, tsv and xlsx, do not mark texts that a spreadsheet would run as a formula
    #[arg(long, help_heading = "Output")]
    pub(crate) raw: bool,
    /// Begin csv and tsv with a byte-order mark, by which Excel knows UTF-8
    #[arg(long, help_heading = "Output")]
    pub(crate) bom: bool,
    /// Do not use a pager
    #[arg(long, help_heading = "Output")]
    pub(crate) no_pager: bool,
}

/// Form of a list or an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListForm {
    /// For people.
    #[value(alias = "text")]
    Table,
    /// Everything, as JSON.
    Json,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_so_many_bytes() {
        assert_eq!(bytes_of("500MB"), Some(500_000_000));
        assert_eq!(bytes_of("1.5GiB"), Some(1_610_612_736));
        assert_eq!(bytes_of("2gb"), Some(2_000_000_000));
        for wrong in ["2", "2G", "GB", "0MB", "-1GB", "1XB", "", "2 GB"] {
            assert_eq!(bytes_of(wrong), None, "{wrong}");
        }
    }
}
