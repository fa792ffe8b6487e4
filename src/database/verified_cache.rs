//! Which database files have been verified and not been touched since, as git remembers which files it has read.
//!
//! Taking a digest of every macro costs as much as a ranking. A file that has the same inode, size and times as
//! when it was verified by this program has the same macros: nobody writes to it while it is held for reading.

use crate::atomic_file;
use crate::embedded_sql;
use crate::paths::log_of;
use crate::plain_file;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// True where this program has verified the file as it is now.
pub(crate) fn is_known(database: &Path) -> bool {
    let Some((place, state)) = place_and_state(database) else { return false };
    plain_file::read_to_string(&place).is_ok_and(|known| known == state)
}

/// Remembers that the file as it is now was verified. Where that cannot be kept, it is verified again.
pub(crate) fn remember(database: &Path) {
    let Some((place, state)) = place_and_state(database) else { return };
    let Some(folder) = place.parent() else { return };
    let kept = fs::create_dir_all(folder).and_then(|()| atomic_file::overwrite(&place, state.as_bytes()));
    // Nothing depends on it but time.
    drop(kept);
}

fn place_and_state(database: &Path) -> Option<(PathBuf, String)> {
    let path = database.canonicalize().ok()?;
    let state = state(&path.metadata().ok()?);
    // What a log holds is not in the file yet.
    let log = log_of(&path).metadata().map_or_else(|_| "none".to_owned(), |log| self::state(&log));
    let name = embedded_sql::hash_of(&path.to_string_lossy());
    let place = cache_folder()?.join("harmrank").join("verified").join(name);
    Some((place, format!("{} {} {state} {log}\n", env!("CARGO_PKG_VERSION"), embedded_sql::hash())))
}

fn state(file: &Metadata) -> String {
    let times = [file.mtime(), file.mtime_nsec(), file.ctime(), file.ctime_nsec()];
    format!("{} {} {} {times:?}", file.dev(), file.ino(), file.size())
}

fn cache_folder() -> Option<PathBuf> {
    let named = |variable| std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
    named("XDG_CACHE_HOME").filter(|path| path.is_absolute()).or_else(|| Some(named("HOME")?.join(".cache")))
}
