//! The starting file of a report of the user's.

use super::library::{Library, check_name};
use crate::database::sql_file;
use crate::failure::Failure;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Writes a commented report that runs, and returns its path.
///
/// # Errors
/// When the name cannot be one, is taken, or the file cannot be written. Nothing is replaced.
pub fn start(name: &str, folder: &Path, library: &Library) -> Result<PathBuf, Failure> {
    check_name(name).map_err(|message| Failure::usage(message).at("NAME"))?;
    if library.reports.iter().any(|report| report.name == name) {
        return Err(Failure::usage(format!("there is a report {name} already")).hint("choose another name"));
    }
    let path = folder.join(format!("{name}.sql"));
    let at = |error: &std::io::Error| Failure::failed(error.to_string()).at(path.display().to_string());
    let mut draft = tempfile::NamedTempFile::new_in(folder).map_err(|error| at(&error))?;
    let text = sql_file("template/report.sql")?.text.replace("{name}", name);
    draft.write_all(text.as_bytes()).map_err(|error| at(&error))?;
    draft.as_file().sync_all().map_err(|error| at(&error))?;
    draft.persist_noclobber(&path).map_err(|error| {
        if path.exists() {
            let taken = Failure::usage("exists already; nothing was changed");
            return taken.at(path.display().to_string()).hint("choose another name");
        }
        at(&error.error)
    })?;
    Ok(path)
}
