//! What the program and the process that runs a user's SQL say to each other.
//!
//! Requests are JSON, one a line. Replies are frames: a byte that says what it is, the length of what follows as
//! four bytes, the least first, and what follows. The rows of an answer are one Arrow IPC stream cut into frames.

use super::parameter::Bound;
use super::protections::Protections;
use crate::sql_guard::PositionedFailure;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// Bytes of rows gathered before they are sent.
pub(super) const FRAME: usize = 1 << 18;

/// What is asked of the process.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Request {
    /// The first: what to open, and how.
    Open(Opening),
    /// A statement of the user's.
    Run {
        /// One statement, without its semicolon.
        sql: String,
        /// Values of its placeholders.
        values: Vec<Bound>,
    },
    /// A query of the program's own.
    Catalog(CatalogQuery),
    /// Stop what is running.
    Cancel,
}

/// A query of the program's own, by its file below `sql/`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct CatalogQuery {
    pub(crate) file: String,
    /// Texts of its placeholders.
    pub(crate) values: BTreeMap<String, String>,
}

/// What is opened, and how.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Opening {
    /// The database, from the root on.
    pub(super) database: PathBuf,
    /// Worker threads of the engine; none: all cores.
    pub(super) threads: Option<usize>,
    /// Memory of the engine, in bytes.
    pub(super) memory: u64,
    /// An empty folder for what does not fit into memory; none: nothing is put aside.
    pub(super) spill: Option<PathBuf>,
    /// Seconds to wait for another process to be done with the database.
    pub(super) wait: u64,
    /// True where the SQL in the database is known to be this program's.
    pub(super) is_verified: bool,
}

/// The process is ready.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Welcome {
    /// What it may not do.
    pub(super) protections: Protections,
    /// People whose rows no table shows, for their record is restricted.
    pub(super) restricted_people: u64,
}

/// How an answer ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Ending {
    /// The process is ready for the first statement.
    Ready(Welcome),
    /// Every row was sent.
    Rows,
    /// A step was done, in words.
    Step(String),
    Failed(PositionedFailure),
}

pub(super) fn send(to: &Mutex<impl Write>, request: &Request) -> io::Result<()> {
    let mut line = serde_json::to_vec(request)?;
    line.push(b'\n');
    let mut to = to.lock().unwrap_or_else(PoisonError::into_inner);
    to.write_all(&line)?;
    to.flush()
}

const DATA: u8 = b'd';
const END: u8 = b'e';

/// Sends rows as frames of an Arrow IPC stream.
pub(super) struct Framed<W>(pub(super) W);

impl<W: Write> Write for Framed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = bytes.len().min(1 << 30);
        frame(&mut self.0, DATA, &bytes[..length])?;
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

pub(super) fn end(out: &mut impl Write, ending: &Ending) -> io::Result<()> {
    frame(out, END, &serde_json::to_vec(ending)?)
}

fn frame(out: &mut impl Write, tag: u8, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(|_| io::ErrorKind::InvalidInput)?.to_le_bytes();
    out.write_all(&[tag, length[0], length[1], length[2], length[3]])?;
    out.write_all(bytes)
}

/// Longest ending that is believed: what is said about rows, never rows.
const LONGEST_ENDING: usize = 1 << 24;

/// Replies as they are read.
pub(super) struct Replies<R> {
    inner: BufReader<R>,
    /// Bytes left of the frame of rows that is being read.
    left: usize,
}

impl<R: Read> Replies<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner: BufReader::with_capacity(FRAME, inner), left: 0 }
    }

    /// How the answer ended, or nothing where rows are to be read.
    pub(super) fn ending(&mut self) -> io::Result<Option<Ending>> {
        while self.left == 0 {
            let mut head = [0; 5];
            self.inner.read_exact(&mut head)?;
            let length = u32::from_le_bytes([head[1], head[2], head[3], head[4]]) as usize;
            match head[0] {
                DATA => self.left = length,
                END if length <= LONGEST_ENDING => {
                    let mut bytes = vec![0; length];
                    self.inner.read_exact(&mut bytes)?;
                    return Ok(Some(serde_json::from_slice(&bytes)?));
                }
                _ => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
        Ok(None)
    }

    /// Reads bytes of the rows; [`Replies::ending`] has said that there are some.
    pub(super) fn read_rows(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let most = bytes.len().min(self.left);
        let length = self.inner.read(&mut bytes[..most])?;
        if length == 0 && most > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= length;
        Ok(length)
    }

    /// Passes over the rows of the frame that is being read.
    pub(super) fn skip_rows(&mut self) -> io::Result<()> {
        while self.left > 0 {
            let length = self.inner.fill_buf()?.len().min(self.left);
            if length == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.inner.consume(length);
            self.left -= length;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_their_end_come_apart_again() {
        let mut sent = Vec::new();
        Framed(&mut sent).write_all(b"abc").expect("sent");
        Framed(&mut sent).write_all(b"de").expect("sent");
        end(&mut sent, &Ending::Rows).expect("sent");
        let mut replies = Replies::new(&sent[..]);
        let mut rows = Vec::new();
        while replies.ending().expect("a frame").is_none() {
            let mut piece = [0; 2];
            let length = replies.read_rows(&mut piece).expect("rows");
            rows.extend_from_slice(&piece[..length]);
        }
        assert_eq!(rows, b"abcde");
        assert!(replies.ending().is_err(), "nothing follows");
    }

    #[test]
    fn what_is_no_reply_is_refused() {
        for wrong in [&b"x\0\0\0\0"[..], b"e\xff\xff\xff\xff", b"e\x02\0\0\0no", b"d\x01"] {
            assert!(Replies::new(wrong).ending().is_err(), "{wrong:?}");
        }
    }
}
