//! A file made ready for the engine. A plain one is read as it is; what the engine cannot read, or would
//! misread, is first written anew as CSV in UTF-8, into a file without a name, and that is read.

mod csv_file;
mod encoding;
mod header;
mod json;
mod lines;
mod packed;
mod prepared;
mod read_path;
mod shown;
mod survey;
mod workbook;

pub(crate) use encoding::Encoding;
pub(crate) use header::{CsvHeader, Marks};
pub(crate) use prepared::{Doubt, Reading, Ready};
pub(crate) use read_path::ReadPath;

use crate::failure::Failure;
use packed::{AGAIN, Packed, RENAME, has_ending};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

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
        (
            "--header-row",
            reading.marks.header_row.is_some() && !matches!(kind, Kind::Csv | Kind::Workbook),
            "CSV or a workbook",
        ),
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
