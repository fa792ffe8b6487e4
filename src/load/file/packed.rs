//! A file of the extract as it was given: plain, or compressed with gzip.

use super::encoding;
use super::read_path::ReadPath;
use crate::failure::{Failure, Kind};
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// A file of the extract, compressed or not.
#[derive(Clone, Debug)]
pub(crate) struct Packed {
    pub(crate) path: ReadPath,
    pub(crate) is_gzip: bool,
    /// As the user named it.
    pub(crate) at: String,
}

impl Packed {
    /// Opens a file and looks at its first bytes.
    pub(crate) fn look(path: &Path) -> Result<Self, Failure> {
        let at = path.display().to_string();
        let mut packed = Self { path: ReadPath::of(path), is_gzip: false, at };
        packed.is_gzip = packed.head(2)?.starts_with(b"\x1f\x8b");
        if has_ending(path, &["gz"]) && !packed.is_gzip {
            return Err(Failure::failed("is named .gz, but is not compressed").at(packed.at).hint(RENAME));
        }
        Ok(packed)
    }

    pub(crate) fn open(&self) -> Result<Box<dyn Read>, Failure> {
        let file = File::open(&*self.path).map_err(|error| self.refused(&error))?;
        Ok(if self.is_gzip { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) })
    }

    /// The first bytes, unpacked.
    pub(crate) fn head(&self, length: usize) -> Result<Vec<u8>, Failure> {
        let mut head = vec![0; length];
        let length =
            encoding::read_full(&mut self.open()?, &mut head).map_err(|error| self.refused(&error))?;
        head.truncate(length);
        Ok(head)
    }

    /// Why it cannot be read.
    pub(crate) fn refused(&self, error: &io::Error) -> Failure {
        let failure = match error.kind() {
            io::ErrorKind::Interrupted => {
                return Failure::new(Kind::Interrupted, "interrupted; nothing was changed");
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

pub(crate) const AGAIN: &str = "copy or export it again; nothing was loaded";
pub(crate) const RENAME: &str = "give it the ending of what it is, or export it again";

pub(crate) fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|found| endings.iter().any(|ending| found.eq_ignore_ascii_case(ending)))
}
