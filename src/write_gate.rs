//! The one gate for files and folders that a user names to be written: output files, archives, drafts of adapters and
//! reports, units.
//!
//! A list written over the database would destroy the database, and one written over the ledger would destroy the
//! record of who read it. The gate therefore compares the real place of a target, through links and second names of a
//! file, with what the program owns and with what it has read in this call, and refuses devices, pipes and folders.

use crate::failure::Failure;
use crate::paths::folder_of;
use crate::plain_file;
use std::fs::Metadata;
use std::io::Read as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

static GATE: Mutex<Gate> =
    Mutex::new(Gate { owned: Vec::new(), read: Vec::new(), may_replace_sources: false });

/// Names of files that make their folder a kept run or a scheduled list.
const RECORDS: [&str; 2] = ["manifest.json", "schedule.json"];
/// Name of the file that the folder of a schedule is locked by.
const SCHEDULE_LOCK: &str = ".lock";

struct Gate {
    owned: Vec<Owned>,
    read: Vec<PathBuf>,
    may_replace_sources: bool,
}

#[derive(Clone)]
struct Owned {
    path: PathBuf,
    what: &'static str,
}

/// Remembers a file or a folder, with all that is in it, as the program's own; `what` names it in the refusal.
pub(crate) fn own(path: impl Into<PathBuf>, what: &'static str) {
    gate().owned.push(Owned { path: path.into(), what });
}

/// Remembers a file that was read in this call.
pub(crate) fn note_read(path: impl Into<PathBuf>) {
    gate().read.push(path.into());
}

/// Lets databases, SQL and settings of others be written over: what `--force` asks for.
pub(crate) fn replace_sources() {
    gate().may_replace_sources = true;
}

/// Nothing, or why a file must not be written at a path. The folder need not be there: whoever writes says so.
pub(crate) fn check_file(path: &Path) -> Result<(), Failure> {
    let Some(target) = Target::of(path)? else { return Ok(()) };
    if let Some(found) = &target.found {
        check_is_plain(found, path)?;
    }
    check_is_not_owned(&target)?;
    check_is_no_record(&target)?;
    let gate = gate();
    if gate.read.iter().any(|read| target.is_file(read)) {
        return Err(refused("was read in this call", path).hint("name another file"));
    }
    if gate.may_replace_sources || target.found.is_none() {
        return Ok(());
    }
    match kind_of_source(&target.real) {
        Some(kind) => Err(refused(&format!("is {kind}"), path)
            .hint("name another file; or replace this one with --force if it is not needed any more")),
        None => Ok(()),
    }
}

/// Nothing, or why a file that must not be there yet cannot be begun at a path.
pub(crate) fn check_new(path: &Path) -> Result<(), Failure> {
    match path.symlink_metadata() {
        // Whoever writes it says that it is there.
        Ok(_) => Ok(()),
        Err(_) => check_folder(path),
    }
}

/// Nothing, or why no database is to be made at a path.
pub(crate) fn check_new_database(path: &Path) -> Result<(), Failure> {
    match Target::of(path)? {
        // What is there already is refused by whoever makes it.
        Some(target) if target.found.is_none() => check_is_no_record(&target),
        _ => Ok(()),
    }
}

/// Nothing, or why the manifest of a file must not be written beside it.
pub(crate) fn check_manifest(path: &Path) -> Result<(), Failure> {
    let Some(target) = Target::of(path)? else { return Ok(()) };
    if let Some(found) = &target.found {
        check_is_plain(found, path)?;
    }
    check_is_not_owned(&target)
}

/// Nothing, or why no folder of kept runs or units must be at a path.
pub(crate) fn check_folder(path: &Path) -> Result<(), Failure> {
    let Some(target) = Target::of(path)? else { return Ok(()) };
    check_is_not_owned(&target)?;
    check_is_no_record(&target)
}

/// A file or folder to be written.
struct Target<'a> {
    /// As the user named it.
    path: &'a Path,
    /// Where it really is.
    real: PathBuf,
    /// What is there already.
    found: Option<Metadata>,
}

impl<'a> Target<'a> {
    /// Nothing where there is no folder that it could be in.
    fn of(path: &'a Path) -> Result<Option<Self>, Failure> {
        let found = match path.metadata() {
            Ok(found) => Some(found),
            Err(_) if path.is_symlink() => {
                return Err(refused("is a link to nothing", path)
                    .hint("name the file itself, or remove the link first"));
            }
            Err(_) => None,
        };
        let Ok(folder) = folder_of(path).canonicalize() else { return Ok(None) };
        let is_of_the_system = ["/dev", "/proc", "/sys"].iter().any(|system| folder.starts_with(system))
            && !folder.starts_with("/dev/shm");
        if is_of_the_system && !found.as_ref().is_some_and(Metadata::is_dir) {
            return Err(refused("is a device or a file of the system, not a plain file", path)
                .hint("name a plain file; without --output it goes to standard output"));
        }
        let real = path.canonicalize().unwrap_or_else(|_| folder.join(path.file_name().unwrap_or_default()));
        Ok(Some(Self { path, real, found }))
    }

    /// True where a path leads to the same file, also under another name.
    fn is_file(&self, other: &Path) -> bool {
        let is_same = |found: &Metadata| {
            other.metadata().is_ok_and(|other| (found.dev(), found.ino()) == (other.dev(), other.ino()))
        };
        self.found.as_ref().is_some_and(is_same) || real(other) == self.real
    }

    /// True where it is a path, is in a folder at the path, or is another name of a file in that folder.
    fn is_in(&self, owned: &Path) -> bool {
        if self.is_file(owned) || self.real.starts_with(real(owned)) {
            return true;
        }
        let has_second_name = self.found.as_ref().is_some_and(|found| found.is_file() && found.nlink() > 1);
        has_second_name && owned.is_dir() && files_below(owned).iter().any(|file| self.is_file(file))
    }
}

fn check_is_plain(found: &Metadata, path: &Path) -> Result<(), Failure> {
    if found.is_file() {
        return Ok(());
    }
    if found.is_dir() {
        return Err(Failure::failed("is a folder; nothing was written").at_path(path));
    }
    Err(refused("is a device, a pipe or a socket, not a plain file", path)
        .hint("name a plain file; without --output it goes to standard output"))
}

fn check_is_not_owned(target: &Target<'_>) -> Result<(), Failure> {
    let owned = gate().owned.clone();
    match owned.iter().find(|owned| target.is_in(&owned.path)) {
        Some(owned) => Err(kept_by_harmrank(owned.what, target.path)),
        None => Ok(()),
    }
}

fn check_is_no_record(target: &Target<'_>) -> Result<(), Failure> {
    match kind_of_record(&target.real) {
        Some(what) => Err(kept_by_harmrank(what, target.path)),
        None => Ok(()),
    }
}

fn kept_by_harmrank(what: &str, path: &Path) -> Failure {
    refused(&format!("is {what}"), path).hint("harmrank keeps that itself; name a file or folder elsewhere")
}

/// What a path is of the records of any database, told by names and by what lies beside it.
fn kind_of_record(real: &Path) -> Option<&'static str> {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = name(real);
    let is_protected = file.ends_with(".protected.duckdb") || file.ends_with(".protected.duckdb.wal");
    if is_protected {
        return Some("a file of protected characteristics");
    }
    if file.ends_with(".duckdb.wal") {
        return Some("the log of a database");
    }
    if file.ends_with(".ledger.key") {
        return Some("the key of a ledger");
    }
    if file.ends_with(".manifest.json") {
        return Some("the manifest of a run");
    }
    for folder in real.ancestors() {
        if name(folder).starts_with(".harmrank-") {
            return Some("in a work folder of harmrank");
        }
        if name(folder).ends_with(".ledger") && (folder != real || folder.is_dir()) {
            return Some("in the folder of a ledger");
        }
        if RECORDS.iter().any(|record| is_record(&folder.join(record))) {
            return Some("in the folder of a kept run or scheduled list");
        }
        let is_of_schedule = folder != real || folder.is_dir();
        if is_of_schedule && folder.join(SCHEDULE_LOCK).is_file() && holds_lists(folder) {
            return Some("in the folder of a schedule");
        }
    }
    None
}

/// True for a manifest or an account of a list as this program writes them.
fn is_record(path: &Path) -> bool {
    let Ok(text) = plain_file::read_to_string(path) else { return false };
    let Ok(record) = serde_json::from_str::<serde_json::Value>(&text) else { return false };
    ["report", "ledger", "sha256", "schedule"].iter().filter(|name| record.get(**name).is_some()).count() >= 2
}

/// True for a folder in which a schedule has put a list, or a note of why there is none.
fn holds_lists(folder: &Path) -> bool {
    folder.join("index.html").is_file()
        || files_and_folders(folder).iter().any(|path| is_record(&path.join(RECORDS[1])))
}

/// What a file is that is seldom meant to be written over.
fn kind_of_source(real: &Path) -> Option<&'static str> {
    let ending = real.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match ending.as_str() {
        "sql" => return Some("a file of SQL"),
        "toml" => return Some("a file of settings"),
        _ => {}
    }
    let mut start = Vec::new();
    plain_file::open(real).and_then(|file| file.take(16).read_to_end(&mut start)).ok()?;
    if start.get(8..12) == Some(b"DUCK") {
        return Some("a DuckDB database");
    }
    (start == *b"SQLite format 3\0").then_some("an SQLite database")
}

/// Where a path really is, also where nothing is there yet.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| {
        let folder = folder_of(path);
        folder.canonicalize().unwrap_or(folder).join(path.file_name().unwrap_or_default())
    })
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let (folders, mut files): (Vec<_>, Vec<_>) =
        files_and_folders(folder).into_iter().partition(|path| path.is_dir() && !path.is_symlink());
    files.extend(folders.iter().flat_map(|folder| files_below(folder)));
    files
}

fn files_and_folders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

fn refused(what: &str, path: &Path) -> Failure {
    Failure::failed(format!("{what}; nothing was written")).at_path(path)
}

fn gate() -> MutexGuard<'static, Gate> {
    GATE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_found_again_under_every_name_it_has() {
        let folder = tempfile::tempdir().expect("folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("one"), "x").expect("written");
        std::fs::write(at("other"), "x").expect("written");
        std::fs::hard_link(at("one"), at("second")).expect("linked");
        std::os::unix::fs::symlink("one", at("link")).expect("linked");
        let leads_to_one = |name: &str| {
            let path = at(name);
            let target = Target::of(&path).expect("a target").expect("in a folder");
            target.is_file(&at("one"))
        };
        assert!(leads_to_one("one") && leads_to_one("second") && leads_to_one("link"));
        assert!(!leads_to_one("other") && !leads_to_one("new"));
    }
}
