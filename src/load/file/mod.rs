//! A file made ready for the engine. A plain one is read as it is; what the engine cannot read, or would
//! misread, is first written anew as CSV in UTF-8, into a file without a name, and that is read.

mod csv_file;
mod encoding;
mod header;
mod json;
mod lines;
mod read_path;
mod shown;
mod survey;
mod workbook;

pub(crate) use encoding::Encoding;
pub(crate) use header::{CsvHeader, Marks};
pub(crate) use read_path::ReadPath;

use super::columns::{FlatColumn, Mapping, plain};
use crate::failure::{Failure, Kind as FailureKind};
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
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

/// What a file is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Comma-separated or the like.
    Csv,
    /// An array of objects, or one object a line.
    Json,
    Parquet,
    /// A spreadsheet as Excel writes it, XLSX.
    Workbook,
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

/// A file of the extract, compressed or not.
#[derive(Clone, Debug)]
pub(super) struct Packed {
    path: ReadPath,
    is_gzip: bool,
    /// As the user named it.
    at: String,
}

impl Packed {
    /// Opens a file and looks at its first bytes.
    fn look(path: &Path) -> Result<Self, Failure> {
        let at = path.display().to_string();
        let mut packed = Self { path: ReadPath::of(path), is_gzip: false, at };
        packed.is_gzip = packed.head(2)?.starts_with(b"\x1f\x8b");
        if has_ending(path, &["gz"]) && !packed.is_gzip {
            return Err(Failure::failed("is named .gz, but is not compressed").at(packed.at).hint(RENAME));
        }
        Ok(packed)
    }

    fn open(&self) -> Result<Box<dyn Read>, Failure> {
        let file = File::open(&*self.path).map_err(|error| self.refused(&error))?;
        Ok(if self.is_gzip { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) })
    }

    /// The first bytes, unpacked.
    fn head(&self, length: usize) -> Result<Vec<u8>, Failure> {
        let mut head = vec![0; length];
        let length =
            encoding::read_full(&mut self.open()?, &mut head).map_err(|error| self.refused(&error))?;
        head.truncate(length);
        Ok(head)
    }

    /// Why it cannot be read.
    fn refused(&self, error: &io::Error) -> Failure {
        let failure = match error.kind() {
            io::ErrorKind::Interrupted => {
                return Failure::new(FailureKind::Interrupted, "interrupted; nothing was changed");
            }
            io::ErrorKind::UnexpectedEof if self.is_gzip => {
                Failure::failed("the compressed file is cut short").hint(AGAIN)
            }
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput if self.is_gzip => {
                Failure::failed(format!("the compressed file is damaged: {error}")).hint(AGAIN)
            }
            _ => Failure::failed(format!("cannot be read: {error}")),
        };
        failure.at(&self.at)
    }
}

const AGAIN: &str = "copy or export it again; nothing was loaded";
const RENAME: &str = "give it the ending of what it is, or export it again";

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|found| endings.iter().any(|ending| found.eq_ignore_ascii_case(ending)))
}

impl Kind {
    /// What a file is; none for a folder. Its ending has a say only where its content leaves a doubt, or
    /// belies it.
    pub(crate) fn of(path: &Path) -> Result<Option<Self>, Failure> {
        if path.is_dir() {
            return Ok(None);
        }
        let packed = Packed::look(path)?;
        let head = packed.head(4096)?;
        let refuse = |message: &str, hint: &str| Err(Failure::failed(message).at(&packed.at).hint(hint));
        let binary = match head.as_slice() {
            [b'P', b'A', b'R', b'1', ..] => Some(Self::Parquet),
            [b'P', b'K', 3 | 5, 4 | 6, ..] => Some(Self::Workbook),
            [0xd0, 0xcf, 0x11, 0xe0, ..] => {
                return refuse(
                    "a workbook in the old form of Excel, or one behind a password",
                    "open it and save it as .xlsx without a password",
                );
            }
            _ => None,
        };
        if let Some(kind) = binary {
            if packed.is_gzip {
                return refuse("a compressed file within a compressed file", "unpack it first: gunzip FILE");
            }
            return Ok(Some(kind));
        }
        if has_ending(path, &["parquet"]) {
            return refuse("is named .parquet, but is not Parquet", RENAME);
        }
        if has_ending(path, &["xlsx", "xlsm"]) {
            return refuse("is named as a workbook, but is none", RENAME);
        }
        let is_json = has_ending(Path::new(path.file_stem().unwrap_or_default()), JSON_ENDINGS)
            && packed.is_gzip
            || has_ending(path, JSON_ENDINGS)
            || json::begins(&head);
        Ok(Some(if is_json { Self::Json } else { Self::Csv }))
    }
}

const JSON_ENDINGS: &[&str] = &["json", "jsonl", "ndjson"];

/// Makes a file ready for the reader of the flat extract.
pub(crate) fn ready_flat(
    path: &Path,
    kind: Kind,
    reading: &Reading,
    folder: &Path,
) -> Result<Ready, Failure> {
    refuse_idle(path, kind, reading)?;
    match kind {
        Kind::Csv => csv_file::ready(&Packed::look(path)?, reading, folder),
        Kind::Json => json::ready(&Packed::look(path)?, reading, folder),
        Kind::Workbook => workbook::ready(path, reading, folder),
        Kind::Parquet => {
            refuse_cut_parquet(path)?;
            Ok(Ready { first_line: 1, ..Ready::as_it_is(path) })
        }
    }
}

/// Makes a file ready for an adapter of the user's own, which reads it as it is wherever it can.
pub(crate) fn ready_own(
    path: &Path,
    kind: Option<Kind>,
    reading: &Reading,
    folder: &Path,
) -> Result<Ready, Failure> {
    let Some(kind) = kind else { return Ok(Ready::as_it_is(path)) };
    if reading.marks != Marks::default() {
        return Err(Failure::usage("--delimiter and --quote are for the flat extract")
            .hint("write delim = and quote = in read_csv of your adapter"));
    }
    refuse_idle(path, kind, reading)?;
    match (kind, reading.encoding) {
        (Kind::Workbook, _) => {
            let made = workbook::ready(path, reading, folder)?;
            // The rows are the adapter's: how they stand to the lines of the sheet is not known.
            Ok(Ready {
                path: made.path,
                warnings: made.warnings,
                doubts: made.doubts,
                ..Ready::as_it_is(path)
            })
        }
        (Kind::Csv | Kind::Json, Some(encoding)) if encoding != Encoding::Utf8 => {
            let decoded = csv_file::decoded(&Packed::look(path)?, encoding, folder)?;
            Ok(Ready { path: decoded.path, ..Ready::as_it_is(path) })
        }
        _ => Ok(Ready::as_it_is(path)),
    }
}

/// A flag that says nothing about this file was meant for another.
fn refuse_idle(path: &Path, kind: Kind, reading: &Reading) -> Result<(), Failure> {
    let is_text = matches!(kind, Kind::Csv | Kind::Json);
    let flags = [
        ("--sheet", reading.sheet.is_some() && kind != Kind::Workbook, "a workbook"),
        ("--encoding", reading.encoding.is_some() && !is_text, "text"),
        ("--delimiter", reading.marks.delimiter.is_some() && kind != Kind::Csv, "CSV"),
        ("--quote", reading.marks.quote.is_some() && kind != Kind::Csv, "CSV"),
    ];
    match flags.into_iter().find(|(_, is_idle, _)| *is_idle) {
        Some((flag, _, what)) => Err(Failure::usage(format!("is not {what}: {flag} says nothing of it"))
            .at_path(path)
            .hint(format!("leave out {flag}"))),
        None => Ok(()),
    }
}

fn refuse_cut_parquet(path: &Path) -> Result<(), Failure> {
    let at = path.display().to_string();
    let ending = File::open(path).and_then(|mut file| {
        let mut ending = [0; 4];
        file.seek(SeekFrom::End(-4))?;
        file.read_exact(&mut ending).map(|()| ending)
    });
    match ending {
        Ok(ending) if ending == *b"PAR1" => Ok(()),
        Ok(_) => Err(Failure::failed("the Parquet file is cut short or damaged").at(at).hint(AGAIN)),
        Err(error) => Err(Failure::failed(format!("cannot be read: {error}")).at(at)),
    }
}

/// A new file on the disk of the folder of the load.
fn new_file(folder: &Path) -> Result<(ReadPath, io::BufWriter<File>), Failure> {
    let (path, file) = ReadPath::copy_in(folder).map_err(|error| no_room(&error, folder))?;
    Ok((path, io::BufWriter::with_capacity(1 << 16, file)))
}

fn no_room(error: &io::Error, folder: &Path) -> Failure {
    Failure::failed(format!("the file cannot be written anew for reading: {error}; nothing was loaded"))
        .at_path(folder.parent().unwrap_or(folder))
        .hint("a compressed file, a workbook, JSON or another encoding takes room beside the database, once, as plain text")
}

/// Writes one line of CSV, every value between quotes.
fn write_line<'a>(out: &mut impl Write, values: impl Iterator<Item = &'a str>) -> io::Result<()> {
    for (place, value) in values.enumerate() {
        out.write_all(if place == 0 { b"\"" } else { b",\"" })?;
        out.write_all(value.replace('"', "\"\"").as_bytes())?;
        out.write_all(b"\"")?;
    }
    out.write_all(b"\n")
}
