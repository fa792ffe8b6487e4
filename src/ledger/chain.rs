//! A file of lines, each of which carries the hash of the one before and its own.
//!
//! Its own, for else a change of the last line would show only in the next. The hash of a line is the SHA-256 of its
//! bytes up to where the hash itself is written.

use super::entry::{Head, Line, Torn};
use super::place::refused;
use crate::context::Context;
use crate::embedded_sql::to_hex;
use crate::failure::{Failure, Kind};
use crate::file_lock;
use crate::paths::folder_of;
use rustix::fs::OFlags;
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What stands in the first line for the hash of the one before.
pub(super) const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";
const SIGN: &str = ",\"hash\":\"";
/// Read from the end of a file to find its last line; more where that is not enough.
const WINDOW: u64 = 1 << 14;

/// The file of one account.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    pub(super) path: PathBuf,
    /// How long another process may be writing to it.
    pub(super) wait: Duration,
    /// Where the hash of each line goes as well.
    pub(super) syslog: Option<PathBuf>,
}

/// The text of a line, sealed: with its own hash and the end of the line.
pub(super) fn sealed(line: &Line) -> Result<(String, String), Failure> {
    let mut text = serde_json::to_string(line).map_err(|error| Failure::failed(error.to_string()))?;
    text.pop();
    let hash = to_hex(&Sha256::digest(text.as_bytes()));
    text.push_str(SIGN);
    text.push_str(&hash);
    text.push_str("\"}\n");
    Ok((text, hash))
}

/// A line taken from its text, with its hash; nothing where the text is not a line as it was written.
pub(super) fn unsealed(text: &[u8]) -> Option<(Line, String)> {
    let (body, stated) = parted(text)?;
    if to_hex(&Sha256::digest(body.as_bytes())) != stated {
        return None;
    }
    let line = serde_json::from_str(&format!("{body}}}")).ok()?;
    Some((line, stated.to_owned()))
}

/// What a line says, and the hash it says it has.
pub(super) fn parted(text: &[u8]) -> Option<(&str, &str)> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix("\"}")?;
    let (body, hash) = text.split_at_checked(text.len().checked_sub(64)?)?;
    Some((body.strip_suffix(SIGN)?, hash))
}

/// The end of a file.
struct Tail {
    last: Option<(u64, String)>,
    torn: Option<Torn>,
    is_ended: bool,
}

impl Chain {
    /// Adds a line; with `is_synced` it is on the disk when this returns.
    pub(super) fn append(&self, line: Line, context: &Context, is_synced: bool) -> Result<Head, Failure> {
        let is_new = !self.path.exists();
        let at = |error: &io::Error| refused(error, &self.path);
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true).mode(0o600);
        // Never through a link: it could lead to a device that keeps nothing.
        let no_link = OFlags::NOFOLLOW.bits().cast_signed();
        let mut file = options.custom_flags(no_link).open(&self.path).map_err(|error| at(&error))?;
        if !file.metadata().map_err(|error| at(&error))?.is_file() {
            return Err(at(&io::Error::other("it is no plain file")));
        }
        self.lock(&file)?;
        let tail = Tail::of(&mut file).map_err(|error| at(&error))?;
        let (number, before) = tail.last.unwrap_or((0, NOTHING.to_owned()));
        // The clock is read under the lock: times follow the order of the lines.
        let line = Line { n: number + 1, at: context.now().to_string(), torn: tail.torn, before, ..line };
        let (text, hash) = sealed(&line)?;
        let text = if tail.is_ended { text } else { format!("\n{text}") };
        let length = file.metadata().map_err(|error| at(&error))?.len();
        if let Err(error) = file.write_all(text.as_bytes()) {
            // What was not done leaves no piece of a line, where that can be helped.
            let _ = file.set_len(length);
            return Err(at(&error));
        }
        if is_synced {
            file.sync_data().map_err(|error| at(&error))?;
        }
        if is_new {
            File::open(folder_of(&self.path))
                .and_then(|folder| folder.sync_all())
                .map_err(|error| at(&error))?;
        }
        let head = Head { file: self.name(), line: line.n, hash };
        self.tell(&line.user, &head)?;
        Ok(head)
    }

    fn name(&self) -> String {
        let folder = self.path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        format!("{folder}/{}", self.path.file_name().unwrap_or_default().to_string_lossy())
    }

    fn lock(&self, file: &File) -> Result<(), Failure> {
        let busy = || {
            Failure::new(Kind::Busy, "the audit log is in use by another process")
                .at_path(&self.path)
                .hint("try again when it is done, or wait longer with --wait SECONDS")
        };
        let wait = self.wait.max(Duration::from_secs(1));
        file_lock::lock(file, wait, busy, |error| refused(error, &self.path))
    }

    /// Sends the hash of a line to the system log, where that is set: a copy this account cannot take back.
    fn tell(&self, user: &str, head: &Head) -> Result<(), Failure> {
        let Some(socket) = &self.syslog else { return Ok(()) };
        // Facility 10, security and authorisation; severity 6, informational (RFC 5424, 6.2.1).
        let text = format!("<86>harmrank: ledger {} line {} of {user} {}", head.file, head.line, head.hash);
        UnixDatagram::unbound().and_then(|sender| sender.send_to(text.as_bytes(), socket)).map_err(
            |error| {
                Failure::failed(format!("the hash of the line cannot be sent to the system log: {error}"))
                    .at_path(socket)
                    .hint("start the system log, or take syslog out of [ledger] in harmrank.toml")
            },
        )?;
        Ok(())
    }
}

impl Tail {
    /// Looks from the end of a file for the last whole line.
    fn of(file: &mut File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        let mut window = WINDOW;
        loop {
            let from = length.saturating_sub(window);
            let mut bytes = Vec::new();
            file.seek(SeekFrom::Start(from))?;
            file.read_to_end(&mut bytes)?;
            if let Some(tail) = Self::within(&bytes, from == 0) {
                return Ok(tail);
            }
            window = window.saturating_mul(4);
        }
    }

    /// The same in the last bytes of a file; nothing where they do not reach back to a whole line.
    fn within(bytes: &[u8], is_all: bool) -> Option<Self> {
        let is_ended = bytes.is_empty() || bytes.ends_with(b"\n");
        let mut end = bytes.len();
        let found = loop {
            let line_end = if bytes[..end].ends_with(b"\n") { end - 1 } else { end };
            let start =
                bytes[..line_end].iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1);
            if start == 0 && !is_all {
                return None;
            }
            if let Some((line, hash)) = unsealed(&bytes[start..line_end]) {
                break Some(((line.n, hash), (line_end + 1).min(bytes.len())));
            }
            if start == 0 {
                break None;
            }
            end = start;
        };
        let (last, rest) = found.map_or((None, 0), |(last, rest)| (Some(last), rest));
        let torn = bytes.get(rest..).filter(|rest| !rest.is_empty());
        let torn = torn.map(|torn| torn_of(torn.strip_suffix(b"\n").unwrap_or(torn)));
        Some(Self { last, torn, is_ended })
    }
}

/// What is written of a piece that is no whole line.
pub(super) fn torn_of(bytes: &[u8]) -> Torn {
    Torn { bytes: bytes.len() as u64, sha256: to_hex(&Sha256::digest(bytes)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(n: u64) -> String {
        sealed(&Line { n, before: NOTHING.to_owned(), ..Line::default() }).expect("a line").0
    }

    fn tail(text: &str) -> (Option<u64>, Option<u64>, bool) {
        let tail = Tail::within(text.as_bytes(), true).expect("all of it");
        (tail.last.map(|(n, _)| n), tail.torn.map(|torn| torn.bytes), tail.is_ended)
    }

    #[test]
    fn the_last_whole_line_is_found_behind_what_is_torn() {
        let both = line(1) + &line(2);
        assert_eq!(tail(""), (None, None, true));
        assert_eq!(tail(&both), (Some(2), None, true));
        assert_eq!(tail(both.trim_end()), (Some(2), None, false), "only the end of the line is missing");
        let cut = line(1) + &line(2)[..20];
        assert_eq!(tail(&cut), (Some(1), Some(20), false));
        assert_eq!(tail(&(both.clone() + "\n")), (Some(2), Some(0), true), "an empty line");
        assert_eq!(tail(&(both + "{\n\0\0")), (Some(2), Some(4), false));
        assert_eq!(tail("{\"n\""), (None, Some(4), false));
    }

    #[test]
    fn a_window_that_begins_within_the_last_line_is_too_small() {
        let text = line(1) + &line(2);
        assert!(Tail::within(&text.as_bytes()[text.len() - 50..], false).is_none());
    }

    #[test]
    fn a_line_that_was_touched_is_none() {
        let text = line(7);
        let whole = unsealed(text.trim_end().as_bytes()).expect("whole");
        assert_eq!(whole.0.n, 7);
        assert!(unsealed(text.replace("\"n\":7", "\"n\":8").trim_end().as_bytes()).is_none());
        assert!(unsealed(text.as_bytes()).is_none(), "with what ends it");
    }
}
