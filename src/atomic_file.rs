//! Files that are there whole or not at all: written under another name in the same folder, synced, renamed.

use crate::paths::folder_of;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// Beginning of the name of a file that is being written; a process that was killed leaves one.
pub(crate) const DRAFT: &str = ".draft-";

/// Begins a file beside the one it is to become. Dropped before, it is removed.
pub(crate) fn begin(path: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new().prefix(DRAFT).tempfile_in(folder_of(path))
}

/// Puts a file that was begun in its place, also where there is one already.
pub(crate) fn publish(draft: NamedTempFile, path: &Path) -> io::Result<()> {
    draft.as_file().sync_all()?;
    draft.persist(path)?;
    Ok(())
}

/// Writes a file, in the place of one that is there.
pub(crate) fn overwrite(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut draft = begin(path)?;
    draft.write_all(bytes)?;
    publish(draft, path)
}

/// Writes a file that is not there yet.
pub(crate) fn create_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut draft = begin(path)?;
    draft.write_all(bytes)?;
    draft.as_file().sync_all()?;
    draft.persist_noclobber(path)?;
    Ok(())
}

/// Waits until a folder, with all that is in it, is on the disk.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { sync_folder(&path)? } else { sync(&path)? }
    }
    sync(folder)
}

/// Waits until a file, or the names in a folder, are on the disk.
pub(crate) fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}
