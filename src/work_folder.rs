//! Folders for what is on its way in or out of a database or an archive: gone with the process that made them, and
//! where that was killed, with the next one.
//!
//! Who made a folder locks a file in it for as long as it lives. The lock goes with the process, however that ends,
//! and is seen from other containers and machines on the same disk, where the number of a process says nothing.

use crate::failure::{Failure, Kind};
use crate::file_lock::{self, try_lock};
use std::fs::File;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// For what is loaded.
pub(crate) const LOAD: &str = ".harmrank-load-";
/// For the database that takes the place of one in which somebody was forgotten.
pub(crate) const FORGET: &str = ".harmrank-forget-";
/// For a run that is about to be kept.
pub(crate) const RUN: &str = ".harmrank-run-";
/// For evidence of runs that are compared.
pub(crate) const DIFF: &str = ".harmrank-diff-";

/// For a database that is made.
pub(crate) const INIT: &str = ".harmrank-init-";
/// For the database of a synthetic force.
pub(crate) const DEMO: &str = ".harmrank-demo-";
/// For an extract that is looked at.
pub(crate) const LOOK: &str = ".harmrank-look-";
/// For kept runs in which somebody is looked for.
pub(crate) const SEEN: &str = ".harmrank-seen-";
/// For what a query of the user's puts aside.
pub(crate) const SQL: &str = ".harmrank-sql-";

const ALL: [&str; 9] = [LOAD, FORGET, RUN, DIFF, INIT, DEMO, LOOK, SEEN, SQL];

/// Name of the file that is locked.
const LOCK: &str = ".in-use";

/// A folder that only this user can enter; removed when dropped.
#[derive(Debug)]
pub(crate) struct WorkFolder {
    folder: TempDir,
    // After the folder, so that it is locked until that is gone.
    _lock: File,
}

impl WorkFolder {
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Removes the folder where nothing has come to be in it; true where that was so.
    pub(crate) fn remove_empty(&self) -> bool {
        let lock = self.folder.path().join(LOCK);
        std::fs::remove_file(lock).and_then(|()| std::fs::remove_dir(self.folder.path())).is_ok()
    }

    /// Gives the folder, with all that is in it, another name under which it stays.
    pub(crate) fn publish(self, target: &Path) -> io::Result<()> {
        std::fs::rename(self.folder.path(), target)?;
        // There is nothing left under its first name to be removed.
        let _ = self.folder.keep();
        // It is there: an empty file more is no failure.
        let _ = std::fs::remove_file(target.join(LOCK));
        Ok(())
    }
}

/// Makes a folder in a place.
pub(crate) fn begin(place: &Path, prefix: &str) -> io::Result<WorkFolder> {
    loop {
        let folder = tempfile::Builder::new().prefix(prefix).tempdir_in(place)?;
        // Whoever removes what was left may have come between: then another one is made.
        match lock(folder.path()) {
            Ok(Some(lock)) => return Ok(WorkFolder { folder, _lock: lock }),
            Ok(None) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound && !folder.path().exists() => {}
            Err(error) => return Err(error),
        }
    }
}

/// Makes a folder in the first of some places where that is possible.
pub(crate) fn begin_in_one_of(places: &[PathBuf], prefix: &str) -> io::Result<WorkFolder> {
    let mut outcome = Err(io::ErrorKind::NotFound.into());
    for place in places {
        outcome = begin(place, prefix);
        if outcome.is_ok() {
            break;
        }
    }
    outcome
}

/// Removes the folders of processes that were killed: they hold data about people. Fails where one cannot be removed,
/// after the others are gone.
pub(crate) fn remove_orphans(place: &Path) -> Result<(), Failure> {
    let entries = match std::fs::read_dir(place) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::io(&error, place)),
    };
    let mut problems = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| Failure::io(&error, place))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_work_folder = ALL.iter().any(|prefix| name.starts_with(prefix));
        if !is_work_folder || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        if let Err(error) = remove_unless_in_use(&entry.path()) {
            let left = Failure::failed(format!("was left by a process that was stopped, and stays: {error}"));
            problems
                .extend(left.at_path(&entry.path()).hint("remove it as the account whose it is").problems);
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure::of(Kind::Failed, problems)) }
}

fn remove_unless_in_use(folder: &Path) -> io::Result<()> {
    let removed = lock(folder).and_then(|lock| match lock {
        Some(_lock) => std::fs::remove_dir_all(folder),
        None => Ok(()),
    });
    match removed {
        // Its process, or another that looks for what was left, has removed it meanwhile.
        Err(error) if error.kind() == io::ErrorKind::NotFound && !folder.exists() => Ok(()),
        outcome => outcome,
    }
}

/// Locks a folder; nothing where another process has it locked.
fn lock(folder: &Path) -> io::Result<Option<File>> {
    let path = folder.join(LOCK);
    let file = file_lock::open(&path)?;
    if !try_lock(&file)? {
        return Ok(None);
    }
    // Locked, and still the file of that name: else somebody removed the folder meanwhile.
    let (locked, named) = (file.metadata()?, path.metadata()?);
    Ok(((locked.dev(), locked.ino()) == (named.dev(), named.ino())).then_some(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_process_left_is_removed_and_what_one_uses_stays() {
        let place = tempfile::tempdir().expect("folder");
        let used = begin(place.path(), LOAD).expect("a folder");
        std::fs::write(used.path().join("rows"), "P1").expect("written");
        // As an older version left it, with the number of a process that lives.
        let left = place.path().join(format!("{LOAD}1-abc"));
        let unrelated = place.path().join(".harmrank-other-1");
        for folder in [&left, &unrelated] {
            std::fs::create_dir(folder).expect("folder");
            std::fs::write(folder.join("rows"), "P1").expect("written");
        }
        remove_orphans(place.path()).expect("removed");
        assert!(used.path().join("rows").exists() && unrelated.exists() && !left.exists());
        let target = place.path().join("kept");
        used.publish(&target).expect("published");
        let names: Vec<_> = std::fs::read_dir(&target).expect("folder").collect();
        assert_eq!(names.len(), 1, "{names:?}");
    }
}
