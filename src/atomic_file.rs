//! Files that are there completely or not at all: written under another name in the same folder, synced, renamed.

use crate::file_lock::try_lock;
use crate::paths::folder_of;
use std::fs::{File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
use std::path::Path;
use tempfile::NamedTempFile;

/// Beginning of the name of a file that is being written; a process that was killed leaves one.
pub(crate) const DRAFT: &str = ".draft-";

/// Begins a file beside the one it is to become. Dropped before, it is removed. It is locked while it is written: where
/// its process is killed, [`remove_orphans`] can tell.
pub(crate) fn begin(path: &Path) -> io::Result<NamedTempFile> {
    loop {
        let draft = tempfile::Builder::new().prefix(DRAFT).tempfile_in(folder_of(path))?;
        // Whoever removes what was left may have come between: then another one is made.
        if try_lock(draft.as_file())? && draft.path().exists() {
            return Ok(draft);
        }
    }
}

/// Removes files in a folder that killed processes had begun.
pub(crate) fn remove_orphans(folder: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let is_draft = entry.file_name().to_string_lossy().starts_with(DRAFT);
        if is_draft && entry.file_type()?.is_file() {
            remove_unless_locked(&entry.path())?;
        }
    }
    Ok(())
}

fn remove_unless_locked(path: &Path) -> io::Result<()> {
    let removed =
        File::open(path).and_then(|file| if try_lock(&file)? { std::fs::remove_file(path) } else { Ok(()) });
    match removed {
        // Its process has published or removed it meanwhile.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}

/// What everybody may do with a file.
const RIGHTS: u32 = 0o777;
/// What its owner and its group may do with it.
const RIGHTS_WITHOUT_OTHERS: u32 = 0o770;

/// Puts a file that was begun in its place, also where there is one already: then owner and group stay, and what they
/// may do with it.
pub(crate) fn publish(draft: NamedTempFile, path: &Path) -> io::Result<()> {
    keep_rights(draft.as_file(), path, RIGHTS_WITHOUT_OTHERS)?;
    draft.as_file().sync_all()?;
    draft.persist(path)?;
    Ok(())
}

/// Writes a file, in the place of one that is there, whose owner, group and mode it takes.
pub(crate) fn overwrite(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut draft = begin(path)?;
    draft.write_all(bytes)?;
    take_rights(draft.as_file(), path)?;
    draft.as_file().sync_all()?;
    draft.persist(path)?;
    Ok(())
}

/// Gives a file the owner, group and mode of the one whose place it is to take, as far as this account may.
pub(crate) fn take_rights(draft: &File, path: &Path) -> io::Result<()> {
    keep_rights(draft, path, RIGHTS)
}

fn keep_rights(draft: &File, path: &Path, rights: u32) -> io::Result<()> {
    let Ok(before) = path.metadata() else { return Ok(()) };
    let own = draft.metadata()?;
    if !before.is_file() {
        return Ok(());
    }
    let is_owned = before.uid() == own.uid() || fchown(draft, Some(before.uid()), None).is_ok();
    let is_of_group = before.gid() == own.gid() || fchown(draft, None, Some(before.gid())).is_ok();
    // What another owner or group might do was not meant for this one.
    let kept = match (is_owned, is_of_group) {
        (true, true) => RIGHTS,
        (false, true) => 0o770,
        _ => 0o700,
    };
    draft.set_permissions(Permissions::from_mode(before.mode() & rights & kept | 0o400))
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
