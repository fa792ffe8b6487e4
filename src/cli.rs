//! Verbs and flags. Parsing does nothing; reports get their flags from the head of their files.

mod ledger;
mod parse;
mod report_call;

pub use ledger::{LedgerAction, LedgerShow, Purpose};
pub use parse::{Invocation, Refusal, ReportCall, parse};

use crate::load::{Encoding, Mapping, Marks, Reading, Table};
use crate::render::Format;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

/// Orders people, victims and places by the harm of recorded crime.
#[derive(Clone, Debug, Parser)]
#[command(name = "harmrank", version, disable_help_subcommand = true, subcommand_required = true)]
#[command(after_help = "Exit codes: 0 ok, 1 failed, 2 wrong use, 3 database busy, 4 time limit, \
    5 check failed, 130 interrupted.\nTry `harmrank demo` first.")]
pub struct Cli {
    /// Flags that every verb takes.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// Flags that every verb takes.
#[derive(Clone, Debug, Args)]
pub struct Common {
    /// Database file [default: harmrank.duckdb here]
    #[arg(long, global = true, value_name = "FILE", env = "HARMRANK_DB", help_heading = "Program")]
    pub db: Option<PathBuf>,
    /// Seconds to wait while another process holds the database
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 10, help_heading = "Program")]
    pub wait: u64,
    /// Worker threads of the engine [default: all cores]
    #[arg(long, global = true, value_name = "N", help_heading = "Program", value_parser = read_threads)]
    pub threads: Option<usize>,
    /// Memory limit of the engine, for instance 2GB [default: the engine's own]
    #[arg(long, global = true, value_name = "SIZE", help_heading = "Program", value_parser = read_size)]
    pub memory: Option<String>,
    /// Folder of your own reports [default: reports in harmrank.toml beside the database]
    // Read before the line is parsed, see settings.rs.
    #[arg(long, global = true, value_name = "DIR", env = "HARMRANK_REPORTS", help_heading = "Program")]
    pub reports: Option<PathBuf>,
    /// How errors are written on standard error
    #[arg(long, global = true, value_name = "FORM", default_value = "text", help_heading = "Program")]
    pub errors: ErrorForm,
}

fn read_threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number @ 1..=1024) => Ok(number),
        _ => Err("write a whole number from 1 to 1024".to_owned()),
    }
}

fn read_size(text: &str) -> Result<String, String> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = text[digits.len()..].to_ascii_uppercase();
    let is_number = digits.parse::<f64>().is_ok_and(|number| number > 0.0);
    if is_number && ["KB", "MB", "GB", "TB", "KIB", "MIB", "GIB", "TIB"].contains(&unit.as_str()) {
        return Ok(text.to_owned());
    }
    Err("write a number and a unit, such as 500MB or 2GB".to_owned())
}

/// How errors are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ErrorForm {
    /// For people.
    Text,
    /// One JSON object per problem: kind, message, hint, at.
    Json,
}

/// Where output goes.
#[derive(Clone, Debug, Default, Args)]
pub struct Output {
    /// Form of the output [default: by the ending of --output, else table]
    #[arg(long, value_name = "FORM", help_heading = "Output")]
    pub format: Option<Format>,
    /// File to write, whole or not at all, with a manifest beside it [default: standard output]
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// In csv, tsv and xlsx, leave texts that a spreadsheet would run as a formula as they are
    #[arg(long, help_heading = "Output")]
    pub raw: bool,
    /// Begin csv and tsv with a byte-order mark, by which Excel knows UTF-8
    #[arg(long, help_heading = "Output")]
    pub bom: bool,
    /// Print a table longer than the screen all the same
    #[arg(long, help_heading = "Output")]
    pub no_pager: bool,
}

/// What to do.
#[derive(Clone, Debug, Subcommand)]
pub enum Verb {
    /// Make a synthetic force and print its first list
    Demo(DemoArgs),
    /// Create a database
    Init,
    /// Load an extract
    #[command(after_help = LOAD_HELP)]
    Load(Box<LoadArgs>),
    /// Look at the loads a database has had, or take the newest back
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Loads {
        /// Why, and for whom.
        #[command(flatten)]
        purpose: Purpose,
        /// What to do.
        #[command(subcommand)]
        action: LoadsAction,
    },
    /// Draft an adapter for files that are not the flat extract, or look at those there are
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Adapter {
        /// What to do.
        #[command(subcommand)]
        action: AdapterAction,
    },
    /// Bring the SQL in a database up to this program's; the data are kept
    Upgrade,
    /// Run a report; each has its own --help
    #[command(subcommand_required = true, arg_required_else_help = true, disable_help_subcommand = true)]
    Report,
    /// Look at the reports there are
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Reports {
        /// What to show.
        #[command(subcommand)]
        action: ReportsAction,
    },
    /// Look at what was run, run it again, compare
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Runs {
        /// Folder of kept runs [default: archive in harmrank.toml, else harmrank-runs beside the database]
        #[arg(long, global = true, value_name = "DIR")]
        archive: Option<PathBuf>,
        /// Why, and for whom.
        #[command(flatten)]
        purpose: Purpose,
        /// What to do.
        #[command(subcommand)]
        action: RunsAction,
    },
    /// Who asked what, and whether the record of it is whole
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Ledger {
        /// What to do.
        #[command(subcommand)]
        action: LedgerAction,
    },
}

/// What to do with runs.
#[derive(Clone, Debug, Subcommand)]
pub enum RunsAction {
    /// One line per kept run, the oldest first
    List {
        /// Form of the list
        #[arg(long, value_name = "FORM", default_value = "table")]
        format: ListForm,
    },
    /// What a run was
    Show {
        /// Id of the run or its beginning, its folder, its output file or manifest
        run: String,
        /// Form of the answer; as JSON the manifest
        #[arg(long, value_name = "FORM", default_value = "table")]
        format: ListForm,
    },
    /// Run it again as the data were known then: identical, or what has changed; exit 5
    Verify {
        /// Id of the run or its beginning, its folder, its output file or manifest
        run: String,
        /// Hold the rows of the data against the fingerprint of a run with --deep
        #[arg(long)]
        deep: bool,
        /// Form of the answer
        #[arg(long, value_name = "FORM", default_value = "table")]
        format: ListForm,
    },
    /// Who entered, left, rose and fell between two kept runs, and why
    Diff {
        /// The earlier run, and the later; with --since the later alone, or the newest
        #[arg(value_name = "RUN", num_args = 0..=2)]
        runs: Vec<String>,
        /// Compare with the run of the same report before
        #[arg(long, value_name = "WHICH")]
        since: Option<Since>,
        /// Where the output goes.
        #[command(flatten)]
        output: Output,
    },
}

/// A run named by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Since {
    /// The run of the same report before.
    Last,
}

/// What to do with the loads.
#[derive(Clone, Debug, Subcommand)]
pub enum LoadsAction {
    /// One line per load, those taken back included
    List {
        /// Form of the list
        #[arg(long, value_name = "FORM", default_value = "text")]
        format: AccountForm,
    },
    /// The account of one load
    Show {
        /// Number of the load
        number: i32,
        /// Form of the account
        #[arg(long, value_name = "FORM", default_value = "text")]
        format: AccountForm,
    },
    /// Take the newest load back, as if it had never been made
    Undo {
        /// Number of the load
        number: i32,
        /// Form of the answer
        #[arg(long, value_name = "FORM", default_value = "text")]
        format: AccountForm,
    },
}

/// What to do with adapters.
#[derive(Clone, Debug, Subcommand)]
pub enum AdapterAction {
    /// Look at a file and write a commented adapter for it, to be edited; no value of the file is shown
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
pub struct AdapterArgs {
    /// The file to look at
    #[arg(value_name = "FILE")]
    pub path: PathBuf,
    /// File to write, whole or not at all; none that exists is replaced [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How the file is read.
    #[command(flatten)]
    pub reads: ReadingArgs,
}

/// How files are read, where that is not told from them.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "How the files are read")]
pub struct ReadingArgs {
    /// Encoding of text [default: told by the file]
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<Encoding>,
    /// What parts columns: one sign, or comma, semicolon, tab, bar [default: told by the header]
    #[arg(long, value_name = "SIGN", value_parser = read_delimiter)]
    pub delimiter: Option<char>,
    /// What encloses values: one sign, or none [default: told by the header, mostly a double quote]
    #[arg(long, value_name = "SIGN", value_parser = read_quote)]
    pub quote: Option<Quote>,
    /// Sheet of a workbook [default: the first that shows]
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
}

impl ReadingArgs {
    /// What the user said of the files.
    #[must_use]
    pub fn reading(&self, map: &[Mapping]) -> Reading {
        Reading {
            encoding: self.encoding,
            marks: Marks { delimiter: self.delimiter, quote: self.quote.map(|Quote(sign)| sign) },
            sheet: self.sheet.clone(),
            map: map.to_vec(),
            carry: Vec::new(),
        }
    }
}

/// What to show of the reports.
#[derive(Clone, Debug, Subcommand)]
pub enum ReportsAction {
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
    /// Write a commented starting file of a report of your own
    New {
        /// Name of the report, and of its file
        name: String,
    },
    /// Hold every report against an empty database, all problems at once
    Validate {
        /// Folder of your own reports [default: that of --reports]
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}

/// Form of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListForm {
    /// For people.
    Table,
    /// Everything, as JSON.
    Json,
}

/// Form in which a report is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportForm {
    /// The file.
    File,
    /// PREPARE and EXECUTE.
    Prepare,
}

/// How a report is run.
#[derive(Clone, Debug, Default, Args)]
pub struct Running {
    /// Print what would run, with the values, as SQL for a stock 2.0 client; run nothing
    #[arg(long, help_heading = "Run")]
    pub print_sql: bool,
    /// Give up after so long, such as 500ms, 30s or 5m: exit code 4
    #[arg(long, value_name = "TIME", value_parser = read_duration, help_heading = "Run")]
    pub timeout: Option<Duration>,
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
    pub archive: Option<Option<PathBuf>>,
    /// Put a fingerprint of the rows of the data in the manifest
    #[arg(long, help_heading = "Run")]
    pub deep: bool,
    /// Why, and for whom.
    #[command(flatten)]
    pub purpose: Purpose,
}

fn read_duration(text: &str) -> Result<Duration, String> {
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

/// Flags of `demo`.
#[derive(Clone, Copy, Debug, Args)]
pub struct DemoArgs {
    /// People in the pool of the last 365 days
    #[arg(long, value_name = "N", default_value_t = 36_000, value_parser = clap::value_parser!(u32).range(100..=2_000_000))]
    pub suspects: u32,
    /// Years of crimes
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=10))]
    pub years: u32,
    /// Another seed makes another force
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u32,
}

/// Flags of `load`.
#[derive(Clone, Debug, Args)]
pub struct LoadArgs {
    /// Files of the extract, or the folder of a NIBRS download; tables have flags of their own
    #[arg(required_unless_present = "tables", conflicts_with = "tables", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// flat, nibrs, or your own file ending in .sql
    #[arg(long, value_name = "NAME", default_value = "flat")]
    pub adapter: String,
    /// Day the extract was taken [default: its newest report date]
    #[arg(long, value_name = "DATE")]
    pub extract_date: Option<String>,
    /// Report dates for which the extract is complete: crimes absent from it are withdrawn
    #[arg(long, value_name = "FROM..TO")]
    pub full: Option<String>,
    /// Give the account without loading
    #[arg(long)]
    pub dry_run: bool,
    /// Columns that are not of the flat extract, to be kept with the crime: officer,unit
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub carry: Vec<String>,
    /// A column of theirs taken for one of ours; may be given again
    #[arg(long, value_name = "THEIRS=OURS")]
    pub map: Vec<Mapping>,
    /// Form of the account
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub format: AccountForm,
    /// Files of a load by tables.
    #[command(flatten)]
    pub tables: TableArgs,
    /// How the files are read.
    #[command(flatten)]
    pub reads: ReadingArgs,
}

/// What encloses values; nothing where none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote(pub Option<char>);

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
pub struct TableArgs {
    /// One row per crime
    #[arg(long, value_name = "FILE")]
    pub crimes: Vec<PathBuf>,
    /// One row per crime and suspect
    #[arg(long, value_name = "FILE")]
    pub suspects: Vec<PathBuf>,
    /// One row per crime and victim
    #[arg(long, value_name = "FILE")]
    pub victims: Vec<PathBuf>,
    /// One row per person
    #[arg(long, value_name = "FILE")]
    pub persons: Vec<PathBuf>,
    /// One row per reference that is merged into another: the whole list
    #[arg(long, value_name = "FILE")]
    pub identities: Vec<PathBuf>,
    /// The same as clusters, as Splink writes them
    #[arg(long, value_name = "FILE")]
    pub clusters: Vec<PathBuf>,
    /// One row per spell in custody: the whole list
    #[arg(long, value_name = "FILE")]
    pub custody: Vec<PathBuf>,
    /// One row per person who died
    #[arg(long, value_name = "FILE")]
    pub deaths: Vec<PathBuf>,
    /// One row per decision to leave someone out: the whole list
    #[arg(long, value_name = "FILE")]
    pub exclusions: Vec<PathBuf>,
}

impl TableArgs {
    /// The files with what they hold.
    #[must_use]
    pub fn files(&self) -> Vec<(Table, PathBuf)> {
        [
            (Table::Crimes, &self.crimes),
            (Table::Suspects, &self.suspects),
            (Table::Victims, &self.victims),
            (Table::Persons, &self.persons),
            (Table::Identities, &self.identities),
            (Table::Clusters, &self.clusters),
            (Table::Custody, &self.custody),
            (Table::Deaths, &self.deaths),
            (Table::Exclusions, &self.exclusions),
        ]
        .into_iter()
        .flat_map(|(table, paths)| paths.iter().map(move |path| (table, path.clone())))
        .collect()
    }
}

/// Form of the account of a load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AccountForm {
    /// For people.
    Text,
    /// One JSON object.
    Json,
}

const LOAD_HELP: &str = "\
The flat extract has one row per crime, suspect and victim. It is read from
CSV, Parquet, JSON (an array, or one object a line) or XLSX; CSV and JSON also
as .gz. What a file is, is told from its content. Columns are matched by name,
whatever their order, case, spaces, hyphens and underscores; where theirs has
another name: --map \"Crime Ref=crime_id\". All columns: load --help.

Dates are day-first or ISO: 30/06/2026 is 30 June, as is 2026-06-30. A load is
the source's present word: for each crime in it, its suspects and victims
become the full set. The same extract twice
changes nothing; an older extract does not change what a newer one said.

Your own adapter is a file with one SELECT over $path that yields columns of
the flat extract; `harmrank adapter new FILE` drafts one:

  select ref as crime_id, hocode as code, strptime(rep, '%m/%d/%Y')::date as reported_on
  from read_csv($path, header = true, all_varchar = true)";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::RESERVED;
    use clap::CommandFactory;

    #[test]
    fn a_time_limit_has_a_unit() {
        assert_eq!(read_duration("30s"), Ok(Duration::from_secs(30)));
        assert_eq!(read_duration("500ms"), Ok(Duration::from_millis(500)));
        for wrong in ["30", "0s", "-1s", "1.5s", "s", "30 s", "1d", ""] {
            assert!(read_duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_flag_of_the_program_is_reserved() {
        let mut command = Running::augment_args(Output::augment_args(Cli::command()));
        command.build();
        let flags = command.get_arguments().filter_map(|argument| argument.get_long());
        let flags: Vec<_> = flags.chain(["help"]).map(|flag| flag.replace('-', "_")).collect();
        assert!(flags.len() > 10, "{flags:?}");
        for flag in flags {
            assert!(RESERVED.contains(&flag.as_str()), "a report could take --{flag} for a parameter");
        }
    }
}
