//! Flags of `load`, `loads` and `adapter`.

use super::common::ListForm;
use crate::load::{Encoding, Mapping, Marks, Reading};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What to do with the loads.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum LoadsAction {
    /// One line per load, undone loads included
    List {
        /// Form of the list
        #[arg(long, value_name = "FORM", default_value = "table")]
        format: ListForm,
    },
    /// The summary of one load
    Show {
        /// Number of the load
        number: i32,
        /// Format of the summary
        #[arg(long, value_name = "FORM", default_value = "table")]
        format: ListForm,
    },
    /// Undo the newest load as if it had never been made, or an earlier one with all later ones
    Undo {
        /// Number of the load
        number: i32,
        /// Undo the later loads as well: they were compared with it
        #[arg(long)]
        with_later: bool,
        /// Form of the answer
        #[arg(long, value_name = "FORM", default_value = "table")]
        format: ListForm,
    },
}

/// What to do with adapters.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum AdapterAction {
    /// Write a commented adapter for a file, to be edited; no value of the file is shown
    New(AdapterArgs),
    /// One line per adapter the program comes with
    List,
    /// The SQL of one of them
    Show {
        /// Name of the adapter
        name: String,
    },
}

/// Flags of `adapter new`.
#[derive(Clone, Debug, Args)]
pub(crate) struct AdapterArgs {
    /// The file to look at
    #[arg(value_name = "FILE")]
    pub(crate) path: PathBuf,
    /// File to write, complete or not at all; an existing file is not replaced [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// How the file is read.
    #[command(flatten)]
    pub(crate) reads: ReadingArgs,
}

/// How files are read, where that is not told from them.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "How the files are read")]
pub(crate) struct ReadingArgs {
    /// Encoding of text [default: detected]
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<Encoding>,
    /// Column separator: one character, or comma, semicolon, tab, bar [default: detected from the header]
    #[arg(long, value_name = "SIGN", value_parser = read_delimiter)]
    pub(crate) delimiter: Option<char>,
    /// Quote character, or none [default: detected from the header, mostly a double quote]
    #[arg(long, value_name = "SIGN", value_parser = read_quote)]
    pub(crate) quote: Option<Quote>,
    /// Line of a text, or row of a sheet, that holds the names of the columns, from 1 [default: the first that can]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) header_row: Option<u32>,
    /// Sheet of a workbook [default: the first visible sheet]
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,
}

impl ReadingArgs {
    /// What the user said of the files.
    pub(crate) fn reading(&self, map: &[Mapping], carry: &[String]) -> Reading {
        Reading {
            encoding: self.encoding,
            marks: Marks {
                delimiter: self.delimiter,
                quote: self.quote.map(|Quote(sign)| sign),
                header_row: self.header_row.and_then(|row| usize::try_from(row).ok()),
            },
            sheet: self.sheet.clone(),
            map: map.to_vec(),
            carry: carry.to_vec(),
            columns: Vec::new(),
        }
    }
}

/// Flags of `load`.
#[derive(Clone, Debug, Args)]
pub(crate) struct LoadArgs {
    /// Files of the extract, or the folder of a NIBRS download; tables have flags of their own
    #[arg(required_unless_present = "tables", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// flat, nibrs, or your own file ending in .sql
    #[arg(long, value_name = "NAME", default_value = "flat")]
    pub(crate) adapter: String,
    /// Day the extract was taken [default: its newest report date]
    #[arg(long, value_name = "DATE")]
    pub(crate) extract_date: Option<String>,
    /// Report dates for which the extract is complete: crimes missing from it are withdrawn; refused if the files
    /// hold no crime
    #[arg(long, value_name = "FROM..TO")]
    pub(crate) full: Option<String>,
    /// Print the summary without loading
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Other columns to keep with the crime: officer,unit
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub(crate) carry: Vec<String>,
    /// Column of the file that is one of ours; may be repeated
    #[arg(long, value_name = "THEIRS=OURS")]
    pub(crate) map: Vec<Mapping>,
    /// Status of the source that is one of ours, such as `No Crime=not_crime`; may be repeated
    #[arg(long, value_name = "THEIRS=OURS")]
    pub(crate) value: Vec<Mapping>,
    /// Code system where the files do not give it: ho, Home Office, or nibrs, FBI
    #[arg(long, value_name = "SYSTEM", value_parser = ["ho", "nibrs"])]
    pub(crate) code_system: Option<String>,
    /// Refuse the load if the summary would have something to decide first
    #[arg(long)]
    pub(crate) strict: bool,
    /// Format of the summary
    #[arg(long, value_name = "FORM", default_value = "table")]
    pub(crate) format: ListForm,
    /// Files of a load by tables.
    #[command(flatten)]
    pub(crate) tables: TableArgs,
    /// How the files are read.
    #[command(flatten)]
    pub(crate) reads: ReadingArgs,
}

/// What encloses values; nothing where none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quote(pub(crate) Option<char>);

fn read_delimiter(text: &str) -> Result<char, String> {
    let named =
        [("comma", ','), ("semicolon", ';'), ("tab", '\t'), ("\\t", '\t'), ("bar", '|'), ("pipe", '|')];
    let named = named.into_iter().find(|(name, _)| *name == text).map(|(_, sign)| sign);
    named.or_else(|| one_sign(text)).ok_or_else(|| {
        "write one sign of ASCII that is no letter, digit or quote, or comma, semicolon, tab, bar".to_owned()
    })
}

fn read_quote(text: &str) -> Result<Quote, String> {
    match text {
        "none" | "" => Ok(Quote(None)),
        "\"" => Ok(Quote(Some('"'))),
        "'" => Ok(Quote(Some('\''))),
        _ => one_sign(text)
            .map(|sign| Quote(Some(sign)))
            .ok_or_else(|| "write one sign of ASCII that is no letter or digit, or none".to_owned()),
    }
}

fn one_sign(text: &str) -> Option<char> {
    let mut signs = text.chars();
    let sign = signs.next().filter(|_| signs.next().is_none())?;
    let is_sign = sign.is_ascii() && !sign.is_ascii_alphanumeric();
    (is_sign && !matches!(sign, '"' | '\'' | '\n' | '\r' | '\0')).then_some(sign)
}

/// Files of a load by tables, each of which may come alone.
#[derive(Clone, Debug, Args)]
#[group(id = "tables", multiple = true)]
#[command(next_help_heading = "By tables, in place of PATH; each may come alone")]
pub(crate) struct TableArgs {
    /// One row per crime
    #[arg(long, value_name = "FILE")]
    pub(crate) crimes: Vec<PathBuf>,
    /// One row per crime and suspect
    #[arg(long, value_name = "FILE")]
    pub(crate) suspects: Vec<PathBuf>,
    /// One row per crime and victim
    #[arg(long, value_name = "FILE")]
    pub(crate) victims: Vec<PathBuf>,
    /// One row per person
    #[arg(long, value_name = "FILE")]
    pub(crate) persons: Vec<PathBuf>,
    /// One row per reference that is merged into another: the complete list
    #[arg(long, value_name = "FILE")]
    pub(crate) identities: Vec<PathBuf>,
    /// The same as clusters, as Splink writes them
    #[arg(long, value_name = "FILE")]
    pub(crate) clusters: Vec<PathBuf>,
    /// One row per spell in custody: the complete list
    #[arg(long, value_name = "FILE")]
    pub(crate) custody: Vec<PathBuf>,
    /// One row per person who died
    #[arg(long, value_name = "FILE")]
    pub(crate) deaths: Vec<PathBuf>,
    /// One row per decision to leave someone out: the complete list
    #[arg(long, value_name = "FILE")]
    pub(crate) exclusions: Vec<PathBuf>,
    /// One row per action taken about a person: the complete list
    #[arg(long, value_name = "FILE")]
    pub(crate) actions: Vec<PathBuf>,
    /// One row per person: ethnicity, religion and the like. By itself, into a file of its own, NAME.protected.duckdb
    #[arg(long, value_name = "FILE")]
    pub(crate) protected: Vec<PathBuf>,
}

impl TableArgs {
    /// The files, each with the name of its table.
    pub(crate) fn files(&self) -> Vec<(String, PathBuf)> {
        [
            ("crimes", &self.crimes),
            ("suspects", &self.suspects),
            ("victims", &self.victims),
            ("persons", &self.persons),
            ("identities", &self.identities),
            ("clusters", &self.clusters),
            ("custody", &self.custody),
            ("deaths", &self.deaths),
            ("exclusions", &self.exclusions),
            ("actions", &self.actions),
            ("protected", &self.protected),
        ]
        .into_iter()
        .flat_map(|(table, paths)| paths.iter().map(move |path| (table.to_owned(), path.clone())))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::table_names;
    use clap::{Command, FromArgMatches};
    use std::collections::BTreeSet;

    #[test]
    fn each_kind_of_table_has_a_flag() -> Result<(), crate::failure::Failure> {
        let command = TableArgs::augment_args(Command::new("load"));
        let flags: BTreeSet<_> = command.get_arguments().filter_map(|flag| flag.get_long()).collect();
        let tables = table_names()?;
        assert_eq!(flags, tables.iter().map(String::as_str).collect::<BTreeSet<_>>());
        for table in &tables {
            let matches = TableArgs::augment_args(Command::new("load"));
            let matches = matches.get_matches_from(["load", &format!("--{table}"), "file.csv"]);
            let files = TableArgs::from_arg_matches(&matches).map(|arguments| arguments.files());
            assert_eq!(files.unwrap_or_default(), [(table.clone(), PathBuf::from("file.csv"))]);
        }
        Ok(())
    }
}
