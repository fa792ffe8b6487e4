//! What speaks against a ledger although every chain in it is whole: times that go back, lines of another account, one
//! line in two files, another key than the lines were made with, a file that others may write to or that is a link.

use super::account::Account;
use super::key::Key;
use super::place::Place;
use super::read::LedgerFile;
use crate::failure::{Failure, Problem};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, HashMap};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;

/// How far a clock may be set back without a question, as time servers do.
const CLOCK_STEP: SignedDuration = SignedDuration::from_secs(60);

/// What an account that is not the owner's must not be able to do with a file of the ledger.
const RIGHTS_OF_OTHERS: u32 = 0o027;

/// Everything that speaks against the files.
pub(super) fn check(place: &Place, files: &[LedgerFile]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in files {
        times(file, &mut problems);
        accounts(file, &mut problems);
        rights(&place.folder.join(base_name(&file.name)), &mut problems);
    }
    repeated(files, &mut problems);
    keys(place, files, &mut problems);
    problems
}

fn base_name(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, base)| base)
}

fn problem(at: String, message: String, hint: Option<&str>) -> Problem {
    Problem { message, hint: hint.map(str::to_owned), at: Some(at) }
}

fn times(file: &LedgerFile, problems: &mut Vec<Problem>) {
    let mut latest: Option<Timestamp> = None;
    for piece in &file.pieces {
        let Some((line, _)) = &piece.line else { continue };
        let at = format!("{}:{}", file.name, piece.place);
        let Ok(time) = line.at.parse::<Timestamp>() else {
            problems.push(problem(at, format!("{:?} is no time", line.at), None));
            continue;
        };
        if let Some(before) = latest.filter(|before| before.duration_since(time) > CLOCK_STEP) {
            let message = format!("its time, {time}, is before {before} of an earlier line");
            let hint =
                "was the clock of the machine set back? else it was written at another time than it says";
            problems.push(problem(at, message, Some(hint)));
        }
        latest = latest.max(Some(time));
    }
}

fn accounts(file: &LedgerFile, problems: &mut Vec<Problem>) {
    let stem = base_name(&file.name).trim_end_matches(".jsonl");
    for piece in &file.pieces {
        let Some((line, _)) = &piece.line else { continue };
        if Account::file_name_of(&line.user) != stem {
            let at = format!("{}:{}", file.name, piece.place);
            let message = format!("a line of the account {:?}, in the file of another", line.user);
            problems.push(problem(at, message, None));
        }
    }
}

/// A line is written to one file; twice in one is out of order there.
fn repeated(files: &[LedgerFile], problems: &mut Vec<Problem>) {
    let mut places: HashMap<&str, (&str, usize)> = HashMap::new();
    for file in files {
        for piece in &file.pieces {
            let Some((_, hash)) = &piece.line else { continue };
            let (first, place) = *places.entry(hash).or_insert((&file.name, piece.place));
            if first != file.name {
                let at = format!("{}:{}", file.name, piece.place);
                let message = format!("the same line stands in {first}:{place}: one of them was copied");
                problems.push(problem(at, message, None));
            }
        }
    }
}

/// The lines were made with the key that is there.
fn keys(place: &Place, files: &[LedgerFile], problems: &mut Vec<Problem>) {
    let mut known: BTreeMap<&str, String> = BTreeMap::new();
    for file in files {
        for piece in &file.pieces {
            if let Some((line, _)) = &piece.line {
                known.entry(&line.key).or_insert_with(|| format!("{}:{}", file.name, piece.place));
            }
        }
    }
    if known.is_empty() {
        return;
    }
    let key = match Key::read(&place.key) {
        Ok(Some(key)) => key,
        Ok(None) => return problems.extend(Key::lost(&place.key, &place.folder).problems),
        Err(Failure { problems: found, .. }) => return problems.extend(found),
    };
    for (id, at) in known.into_iter().filter(|(id, _)| *id != key.id) {
        let message = format!("made with the key {id}, and the key that is there is {}", key.id);
        let hint = "put the right key back: references cannot be found in lines that were made with another";
        problems.push(problem(at, message, Some(hint)));
    }
}

fn rights(path: &Path, problems: &mut Vec<Problem>) {
    let at = || path.display().to_string();
    let Ok(file) = path.symlink_metadata() else { return };
    if file.is_symlink() || !file.is_file() {
        let message = "is a link, or no plain file: harmrank writes neither".to_owned();
        return problems.push(problem(at(), message, None));
    }
    if file.nlink() > 1 {
        let message = format!("has {} names: under another it could be changed unseen", file.nlink());
        problems.push(problem(at(), message, Some("copy it, and put the copy in its place")));
    }
    let mode = file.permissions().mode() & 0o777;
    if mode & RIGHTS_OF_OTHERS != 0 {
        let message = format!("its mode is {mode:03o}: other accounts may write to it or read it");
        problems.push(problem(at(), message, Some("chmod 600 it, or 640 for a group that reviews it")));
    }
}
