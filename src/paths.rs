//! Names of files and of what lies beside them.

use std::path::{Path, PathBuf};

/// The folder a file is in; the current one where its path names none.
pub(crate) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// The file that a path leads to, where it is a link: what lies beside a database lies beside that.
pub(crate) fn behind_links(path: &Path) -> PathBuf {
    let real = if path.is_symlink() { path.canonicalize().ok() } else { None };
    real.unwrap_or_else(|| path.to_path_buf())
}

/// The log of a database file, in which the engine keeps what it has not written into the file yet.
pub(crate) fn log_of(path: &Path) -> PathBuf {
    followed_by(path, ".wal")
}

/// The path with more at the end of its name.
pub(crate) fn followed_by(path: &Path, ending: &str) -> PathBuf {
    let mut whole = path.as_os_str().to_owned();
    whole.push(ending);
    PathBuf::from(whole)
}

/// Ending of the name of the file of protected characteristics that lies beside a database.
const PROTECTED: &str = "protected.duckdb";

/// The file of protected characteristics of a database, whether there is one or not.
pub(crate) fn protected_beside(database: &Path) -> PathBuf {
    database.with_extension(PROTECTED)
}

/// True for the name of a file of protected characteristics.
pub(crate) fn is_protected_name(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(&format!(".{PROTECTED}")))
}
