//! What the user says of a file, and the file as the engine can read it.

use super::encoding::Encoding;
use super::header::{CsvHeader, Marks};
use super::read_path::ReadPath;
use crate::failure::Failure;
use crate::load::columns::{FlatColumn, Mapping, plain};
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// What the user said of the files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// Encoding of text files; none: recognised.
    pub(crate) encoding: Option<Encoding>,
    /// Delimiter and quote of CSV files; none: recognised.
    pub(crate) marks: Marks,
    /// Sheet of a workbook; none: the first that shows.
    pub(crate) sheet: Option<String>,
    /// Columns of the file taken for columns of the flat extract.
    pub(crate) map: Vec<Mapping>,
    /// Columns that are not of the flat extract and are kept with the crime.
    pub(crate) carry: Vec<String>,
    /// Columns that the file may have, each with its kind.
    pub(crate) columns: Vec<(String, String)>,
}

impl Reading {
    /// The same of a file with these columns.
    pub(crate) fn of_columns(&self, columns: &[FlatColumn]) -> Self {
        let columns = columns.iter().map(|column| (column.name.clone(), column.kind.clone())).collect();
        Self { columns, ..self.clone() }
    }

    /// True where a column of this name may be read: one of ours, one carried along, or any where it is not known what is.
    pub(crate) fn reads(&self, name: &str) -> bool {
        let is_carried = || self.carry.iter().any(|carried| plain(carried) == plain(name));
        self.columns.is_empty() || self.kind_of(name).is_some() || is_carried()
    }

    /// The kind of what stands below a name of the header; none: no column of ours.
    pub(crate) fn kind_of(&self, header: &str) -> Option<&str> {
        let mapped = self.map.iter().find(|mapping| plain(&mapping.theirs) == plain(header));
        let ours = mapped.map_or(header, |mapping| &mapping.ours);
        self.columns.iter().find(|(name, _)| plain(name) == plain(ours)).map(|(_, kind)| kind.as_str())
    }
}

/// What was in doubt when a file was read, and an analyst has to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Doubt {
    pub(crate) topic: &'static str,
    /// How many cells, lines or the like.
    pub(crate) quantity: u64,
    /// Of how many.
    pub(crate) total: u64,
    /// What was found, and what was made of it.
    pub(crate) note: String,
    /// Where, up to three places.
    pub(crate) examples: Vec<String>,
    /// What settles it.
    pub(crate) remedy: &'static str,
}

/// A file as the engine can read it.
#[derive(Clone, Debug)]
pub(crate) struct Ready {
    /// The file itself, or what was made of it.
    pub(crate) path: ReadPath,
    /// The header, where it is CSV.
    pub(crate) header: Option<CsvHeader>,
    /// True where the engine has to unpack it.
    pub(crate) is_gzip: bool,
    /// Encoding it is known to be in, where that is not UTF-8.
    pub(crate) encoding: Option<Encoding>,
    /// Line of the first row.
    pub(crate) first_line: i64,
    /// Lines that hold no row, the header aside, in order.
    pub(crate) lines_without_row: Vec<i64>,
    /// What the user must know of how the file was read.
    pub(crate) warnings: Vec<String>,
    /// What an analyst has to decide.
    pub(crate) doubts: Vec<Doubt>,
}

impl Ready {
    /// A file the engine reads as it is.
    pub(crate) fn as_it_is(path: &Path) -> Self {
        Self {
            path: ReadPath::of(path),
            header: None,
            is_gzip: false,
            encoding: None,
            first_line: 2,
            lines_without_row: Vec::new(),
            warnings: Vec::new(),
            doubts: Vec::new(),
        }
    }
}

/// A new file on the disk of the folder of the load.
pub(crate) fn new_file(folder: &Path) -> Result<(ReadPath, io::BufWriter<File>), Failure> {
    let (path, file) = ReadPath::copy_in(folder).map_err(|error| no_room(&error, folder))?;
    Ok((path, io::BufWriter::with_capacity(1 << 16, file)))
}

pub(crate) fn no_room(error: &io::Error, folder: &Path) -> Failure {
    Failure::failed(format!("the file cannot be written anew for reading: {error}; nothing was loaded"))
        .at_path(folder.parent().unwrap_or(folder))
        .hint("a compressed file, a workbook, JSON or another encoding takes room beside the database, once, as plain text")
}

/// Writes one line of CSV, every value between quotes.
pub(crate) fn write_line<'a>(out: &mut impl Write, values: impl Iterator<Item = &'a str>) -> io::Result<()> {
    for (place, value) in values.enumerate() {
        out.write_all(if place == 0 { b"\"" } else { b",\"" })?;
        out.write_all(value.replace('"', "\"\"").as_bytes())?;
        out.write_all(b"\"")?;
    }
    out.write_all(b"\n")
}
