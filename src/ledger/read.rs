//! The files of a ledger as they are.

use super::chain::unsealed;
use super::entry::Line;
use super::place::Place;
use crate::failure::Failure;
use crate::plain_file;
use std::io::{self, Read};
use std::path::Path;

/// The file of one account.
pub(super) struct LedgerFile {
    /// Folder and file, as manifests name it.
    pub(super) name: String,
    /// What stands in it, line by line.
    pub(super) pieces: Vec<Piece>,
}

/// What stands between two ends of line.
pub(super) struct Piece {
    /// Number of the line in the file, from one, as an editor counts it.
    pub(super) place: usize,
    pub(super) bytes: Vec<u8>,
    /// The line and its hash; nothing where it is not as it was written.
    pub(super) line: Option<(Line, String)>,
}

/// All files of a ledger by name; none where there is no ledger.
pub(super) fn files(place: &Place) -> Result<Vec<LedgerFile>, Failure> {
    let entries = match std::fs::read_dir(&place.folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(&error, &place.folder)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| failed(&error, &place.folder))?.path();
        if path.extension().is_some_and(|ending| ending == "jsonl") {
            paths.push(path);
        }
    }
    paths.sort();
    paths.iter().map(|path| read(path, place).map_err(|error| failed(&error, path))).collect()
}

fn read(path: &Path, place: &Place) -> io::Result<LedgerFile> {
    let mut file = plain_file::open(path)?;
    // No line is read while it is written.
    file.lock_shared()?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    drop(file);
    let whole = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
    let pieces = if bytes.is_empty() {
        Vec::new()
    } else {
        let pieces = whole.split(|byte| *byte == b'\n').enumerate();
        let pieces = pieces.map(|(place, bytes)| Piece {
            place: place + 1,
            bytes: bytes.to_vec(),
            line: unsealed(bytes),
        });
        pieces.collect()
    };
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(LedgerFile { name: format!("{}/{file}", place.name()), pieces })
}

fn failed(error: &io::Error, path: &Path) -> Failure {
    Failure::failed(format!("the ledger cannot be read: {error}"))
        .at_path(path)
        .hint("read it as the account whose file it is, or as one that may read all")
}
