//! The starting file of a report of the user's.

use super::library::{Library, check_name};
use crate::atomic_file;
use crate::database::sql_file;
use crate::failure::Failure;
use crate::write_gate;
use std::io;
use std::path::{Path, PathBuf};

/// Writes a commented report that runs, and returns its path.
pub(crate) fn start(name: &str, folder: &Path, library: &Library) -> Result<PathBuf, Failure> {
    check_name(name).map_err(|message| Failure::usage(message).at("NAME"))?;
    if library.reports.iter().any(|report| report.name == name) {
        return Err(Failure::usage(format!("there is a report {name} already")).hint("choose another name"));
    }
    let path = folder.join(format!("{name}.sql"));
    write_gate::check_new(&path)?;
    let text = sql_file("template/report.sql")?.text.replace("{name}", name);
    atomic_file::create_new(&path, text.as_bytes()).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::usage("exists already; nothing was changed").at_path(&path).hint("choose another name")
        }
        _ => Failure::io(&error, &path),
    })?;
    Ok(path)
}
