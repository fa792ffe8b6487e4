//! The formats reports come out in, and how they are wanted.

use crate::failure::Failure;
use clap::ValueEnum;
use std::path::Path;

/// The formats reports come out in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For reading: fits the terminal, with what the list says of itself beneath
    Table,
    /// Rows alone, parted by commas
    Csv,
    /// Rows alone, parted by tabs
    Tsv,
    /// An envelope with `meta`, `rows` and `end`; without `end` it was cut short
    Json,
    /// Rows alone, a JSON object a line
    #[value(alias = "ndjson")]
    Jsonl,
    /// A Markdown table, with what the list says of itself beneath
    #[value(alias = "md")]
    Markdown,
    /// A page for reading and printing, one file that needs nothing else
    Html,
    /// A workbook: the rows on one sheet, everything about the run on a second
    Xlsx,
    /// Rows alone, with the engine's types: decimals, days
    Parquet,
    /// Rows alone, as an Arrow IPC stream
    Arrow,
}

impl Format {
    /// The format a file's ending asks for.
    pub(crate) fn of_ending(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "tsv" => Some(Self::Tsv),
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "md" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            "xlsx" => Some(Self::Xlsx),
            "parquet" => Some(Self::Parquet),
            "arrow" | "arrows" => Some(Self::Arrow),
            "txt" => Some(Self::Table),
            _ => None,
        }
    }

    /// Its name, as `--format` takes it.
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// The format of a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::from_str(name, false).ok()
    }

    /// All formats.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        Self::value_variants().iter().copied()
    }

    /// The names of all formats.
    pub(crate) fn names() -> Vec<String> {
        Self::all().map(Self::name).collect()
    }

    /// The ending of a file in it.
    pub(crate) fn ending(self) -> &'static str {
        let mut endings = Self::ENDINGS.split_whitespace().map(|ending| ending.trim_start_matches('.'));
        endings
            .find(|ending| Self::of_ending(Path::new(&format!("list.{ending}"))) == Some(self))
            .unwrap_or("out")
    }

    /// The endings that name a format, for a hint.
    pub(crate) const ENDINGS: &'static str = ".csv .tsv .json .jsonl .md .html .xlsx .parquet .arrow .txt";

    /// True where the charts of a report are drawn.
    pub(crate) fn has_charts(self) -> bool {
        self == Self::Html
    }

    /// True where what is said of the run stands beside the rows of a query.
    pub(crate) fn tells_of_query(self) -> bool {
        matches!(self, Self::Json | Self::Markdown | Self::Html | Self::Xlsx)
    }

    /// True where rows come alone, without what the list says of itself.
    pub(crate) fn is_rows_alone(self) -> bool {
        matches!(self, Self::Csv | Self::Tsv | Self::Jsonl | Self::Parquet | Self::Arrow)
    }

    /// True where the bytes are not for a terminal.
    pub(crate) fn is_binary(self) -> bool {
        matches!(self, Self::Xlsx | Self::Parquet | Self::Arrow)
    }

    fn is_for_spreadsheets(self) -> bool {
        matches!(self, Self::Csv | Self::Tsv | Self::Xlsx)
    }
}

/// A format, and how the user wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// The format.
    pub(crate) format: Format,
    /// Leaves texts that a spreadsheet would run as they are.
    pub(crate) is_raw: bool,
    /// Begins CSV and TSV with a byte-order mark, by which Excel knows UTF-8.
    pub(crate) has_bom: bool,
}

impl Options {
    /// A format as it is by default.
    pub(crate) fn new(format: Format) -> Self {
        Self { format, is_raw: false, has_bom: false }
    }

    /// Nothing, or what in these options does not go together.
    pub(crate) fn check(self, is_to_terminal: bool) -> Result<(), Failure> {
        let name = self.format.name();
        if self.format.is_binary() && is_to_terminal {
            return Err(Failure::usage(format!("{name} is not for a terminal"))
                .at("--format")
                .hint("write it to a file with -o FILE, or send it on through a pipe"));
        }
        if self.has_bom && !matches!(self.format, Format::Csv | Format::Tsv) {
            return Err(Failure::usage(format!("{name} has no byte-order mark"))
                .at("--bom")
                .hint("it goes with --format csv or tsv"));
        }
        if self.is_raw && !self.format.is_for_spreadsheets() {
            return Err(Failure::usage(format!("{name} leaves every text as it is"))
                .at("--raw")
                .hint("it goes with --format csv, tsv or xlsx"));
        }
        Ok(())
    }
}
