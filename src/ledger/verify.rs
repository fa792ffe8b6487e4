//! Whether every line stands where it was written and says what was written.
//!
//! A chain proves its own lines. Where its end was cut off, or every line from some place on was written anew, the
//! chain is whole: only a hash noted elsewhere shows it, in a manifest, in the system log, or by hand. What else speaks
//! against a whole chain is in [`circumstances`].

use super::chain::{NOTHING, parted, torn_of};
use super::circumstances;
use super::entry::{Head, Line, Torn};
use super::place::Place;
use super::read::{self, LedgerFile, Piece};
use super::settings::LedgerSettings;
use crate::failure::{Failure, Problem};
use serde::Serialize;
use std::collections::HashMap;
use std::path::Path;

#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Found {
    /// One per file, by name.
    pub(crate) files: Vec<Checked>,
    /// Hashes noted elsewhere that were looked for and are there.
    pub(crate) heads: usize,
    /// What is no fault of the ledger, but to be known: pieces of lines, reads without an end.
    pub(crate) notes: Vec<String>,
    /// What is not as it was written.
    pub(crate) problems: Vec<Problem>,
}

/// A file that was checked.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Checked {
    pub(crate) file: String,
    pub(crate) lines: usize,
    /// Hash of the last of them: note it elsewhere, and a cut is found.
    pub(crate) head: String,
}

/// Checks every file of the ledger of a database; each of `heads` must be the hash of one of its lines, and so must
/// each of `noted`, of which those of other ledgers are passed over.
pub(crate) fn verify(
    database: &Path,
    settings: &LedgerSettings,
    heads: &[String],
    noted: &[(String, Head)],
) -> Result<Found, Failure> {
    let place = Place::of(database, settings);
    let files = read::files(&place)?;
    if files.is_empty() && heads.is_empty() && noted.is_empty() {
        return Err(Failure::failed("no ledger there").at_path(&place.folder).hint(
            "it is begun by the first read; --db FILE names the database, [ledger] in harmrank.toml its folder",
        ));
    }
    let mut found = Found::default();
    let mut hashes = HashMap::new();
    for file in &files {
        let lines = file.pieces.iter().filter_map(|piece| piece.line.as_ref());
        hashes.extend(lines.clone().map(|(line, hash)| (hash.as_str(), (file.name.as_str(), line.n))));
        let head = lines.clone().next_back().map_or(NOTHING, |(_, hash)| hash).to_owned();
        found.files.push(Checked { file: file.name.clone(), lines: lines.count(), head });
        Walk::new(file, &mut found).all();
        unended(file, &mut found);
    }
    found.problems.extend(circumstances::check(&place, &files));
    for head in heads {
        if hashes.contains_key(head.as_str()) {
            found.heads += 1;
        } else {
            let message = format!("no line has the hash {head}: cut off, or written anew");
            found.problems.push(problem(place.folder.display().to_string(), message));
        }
    }
    let own = format!("{}/", place.name());
    for (manifest, head) in noted.iter().filter(|(_, head)| head.file.starts_with(&own)) {
        if hashes.get(head.hash.as_str()) == Some(&(head.file.as_str(), head.line)) {
            found.heads += 1;
        } else {
            let message =
                format!("line {} is not the one that {manifest} names: cut off, or written anew", head.line);
            found.problems.push(problem(head.file.clone(), message));
        }
    }
    Ok(found)
}

fn problem(at: String, message: String) -> Problem {
    Problem { message, hint: None, at: Some(at) }
}

/// A walk along the lines of one file.
struct Walk<'a> {
    file: &'a LedgerFile,
    found: &'a mut Found,
    /// Where each hash stands in the file.
    places: HashMap<&'a str, usize>,
    /// Number and hash of the line before; no hash where that line is not as it was written.
    number: u64,
    hash: Option<&'a str>,
    /// What stands since the line before and is no line.
    loose: Vec<&'a Piece>,
}

impl<'a> Walk<'a> {
    fn new(file: &'a LedgerFile, found: &'a mut Found) -> Self {
        let lines = file.pieces.iter();
        let places = lines.filter_map(|piece| Some((piece.line.as_ref()?.1.as_str(), piece.place)));
        Self { file, found, places: places.collect(), number: 0, hash: Some(NOTHING), loose: Vec::new() }
    }

    fn all(mut self) {
        for piece in &self.file.pieces {
            match &piece.line {
                Some((line, hash)) => {
                    self.settle_loose(line.torn.as_ref());
                    self.line(piece, line);
                    (self.number, self.hash) = (line.n, Some(hash.as_str()));
                }
                None => self.loose.push(piece),
            }
        }
        self.settle_loose(None);
    }

    fn tell(&mut self, place: usize, message: String) {
        self.found.problems.push(problem(format!("{}:{place}", self.file.name), message));
    }

    /// A line that is as it was written: does it stand where it was written?
    fn line(&mut self, piece: &Piece, line: &Line) {
        let follows = line.n == self.number + 1;
        if follows && self.hash.is_none_or(|hash| hash == line.before) {
            return;
        }
        let before = piece.place - 1;
        if self.places.contains_key(line.before.as_str()) && self.hash != Some(line.before.as_str()) {
            let elsewhere = self.places[line.before.as_str()];
            self.tell(
                piece.place,
                format!("out of order: it was written after what is line {elsewhere} now"),
            );
        } else if line.n > self.number + 1 {
            let (first, last) = (self.number + 1, line.n - 1);
            let gone =
                if first == last { format!("line {first}") } else { format!("lines {first} to {last}") };
            let are = if first == last { "is" } else { "are" };
            self.tell(piece.place, format!("{gone} of the chain {are} missing before it"));
        } else if follows && before > 0 {
            self.tell(before, "edited: it is not the line after which the next one was written".to_owned());
        } else {
            self.tell(
                piece.place,
                format!("does not belong here: number {} after number {}", line.n, self.number),
            );
        }
    }

    /// Pieces that are no lines: marked by the next writer as torn, or edited.
    fn settle_loose(&mut self, marked: Option<&Torn>) {
        let loose = std::mem::take(&mut self.loose);
        let (Some(first), bytes) = (loose.first(), joined(&loose)) else {
            if marked.is_some() {
                let place = self.number;
                self.tell_after(place, "the piece of a line that stood here is gone");
            }
            return;
        };
        let place = first.place;
        let is_marked = marked == Some(&torn_of(&bytes));
        if loose.len() == 1 && parted(&bytes).is_none() {
            if is_marked {
                let at = format!("{}:{place}", self.file.name);
                self.found.notes.push(format!(
                    "{at}: a piece of a line, {} bytes: a writer was stopped, and the next one marked it",
                    bytes.len()
                ));
            } else if marked.is_some() {
                self.tell(
                    place,
                    "a piece of a line, but not the one the next line speaks of: edited".to_owned(),
                );
            } else if self.file.pieces.last().is_some_and(|last| last.place == place) {
                self.tell(place, "cut short: a writer was stopped, or the line was cut".to_owned());
            } else {
                self.tell(place, "no whole line: edited".to_owned());
                self.pass_over(&loose);
            }
            return;
        }
        for piece in &loose {
            self.tell(piece.place, "edited: its hash is not that of what it says".to_owned());
        }
        if !is_marked {
            self.pass_over(&loose);
        }
    }

    /// Lines that were edited, and told of, count as lines: the next one may follow them.
    fn pass_over(&mut self, loose: &[&Piece]) {
        self.number += loose.len() as u64;
        self.hash = None;
    }

    fn tell_after(&mut self, number: u64, message: &str) {
        let found = self
            .file
            .pieces
            .iter()
            .find(|piece| piece.line.as_ref().is_some_and(|(line, _)| line.n == number));
        let place = found.map_or(1, |piece| piece.place);
        self.tell(place, message.to_owned());
    }
}

fn joined(pieces: &[&Piece]) -> Vec<u8> {
    pieces.iter().map(|piece| piece.bytes.as_slice()).collect::<Vec<_>>().join(&b'\n')
}

/// Notes what was begun and has no end: it goes on, or was killed.
fn unended(file: &LedgerFile, found: &mut Found) {
    let lines = || file.pieces.iter().filter_map(|piece| Some((piece.place, &piece.line.as_ref()?.0)));
    let ended: std::collections::HashSet<_> =
        lines().filter(|(_, line)| line.event == "ended").filter_map(|(_, line)| line.of).collect();
    for (place, line) in lines().filter(|(_, line)| line.event == "begun" && !ended.contains(&line.n)) {
        found.notes.push(format!(
            "{}:{place}: {} begun at {} has no end: it goes on, or was killed",
            file.name, line.verb, line.at
        ));
    }
}
