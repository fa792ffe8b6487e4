//! Folders beside the database for what is on its way in or out of it: gone with the process, and where that was killed,
//! with the next one.

use std::path::Path;
use tempfile::TempDir;

/// For what is loaded.
pub(crate) const LOAD: &str = ".harmrank-load-";
/// For the database that takes the place of one in which somebody was forgotten.
pub(crate) const FORGET: &str = ".harmrank-forget-";

/// Makes a folder that only this user can enter, with the number of the process in its name.
pub(crate) fn begin(place: &Path, prefix: &str) -> std::io::Result<TempDir> {
    tempfile::Builder::new().prefix(&format!("{prefix}{}-", std::process::id())).tempdir_in(place)
}

/// Removes the folders of processes that were killed: they hold data about people.
pub(crate) fn remove_orphans(place: &Path, prefix: &str) {
    let Ok(entries) = std::fs::read_dir(place) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(process) = name.strip_prefix(prefix).and_then(|rest| rest.split('-').next()) else {
            continue;
        };
        let is_number = process.bytes().all(|byte| byte.is_ascii_digit());
        if is_number && Path::new("/proc/self").exists() && !Path::new("/proc").join(process).exists() {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}
