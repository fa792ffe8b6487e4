//! What is to be looked through before anything is changed: every kept run, also behind links. What cannot be read,
//! entered, followed or written is an error that names it: else an erasure would be reported that did not happen.

use crate::failure::Failure;
use crate::runs::Manifest;
use crate::runs::archive::{EVIDENCE, MANIFEST, REPORT, ROWS, Record};
use crate::schedule::EDITION;
use rustix::fs::Access as Rights;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// The kept runs of some folders, each once, the oldest first.
pub(super) fn runs(folders: &[PathBuf]) -> Result<Vec<Record>, Failure> {
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    for folder in folders {
        take_from(folder, true, &mut seen, &mut found)?;
    }
    found.sort_by(|left, right| (&left.manifest.at, &left.folder).cmp(&(&right.manifest.at, &right.folder)));
    Ok(found)
}

/// Takes the runs in a folder; with `is_deep` also those in folders that are no run themselves.
fn take_from(
    folder: &Path,
    is_deep: bool,
    seen: &mut BTreeSet<PathBuf>,
    found: &mut Vec<Record>,
) -> Result<(), Failure> {
    for path in entries(folder)? {
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let entry = path.metadata().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                unreachable(&path, "is a link to nothing: what it led to may hold the person")
                    .hint("bring back what it leads to, or remove the link; then give the same command again")
            }
            _ => unreachable(&path, &format!("cannot be followed: {error}")),
        })?;
        if is_hidden || !entry.is_dir() {
            continue;
        }
        let real = path.canonicalize().map_err(|error| Failure::io(&error, &path))?;
        if !seen.insert(real.clone()) {
            continue;
        }
        let manifest = real.join(MANIFEST);
        let has_manifest = match manifest.symlink_metadata() {
            Ok(_) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(unreachable(&manifest, &format!("cannot be read: {error}"))),
        };
        if has_manifest {
            found.push(Record { manifest: Manifest::read(&manifest)?, folder: real });
            continue;
        }
        entries(&real)?;
        let left = [ROWS, EVIDENCE, REPORT].iter().find(|name| real.join(name).symlink_metadata().is_ok());
        if left.is_some() {
            return Err(unreachable(
                &path,
                "holds files of a run and no manifest: whom it names is not known",
            )
            .hint("put its manifest.json back, or remove the folder; then give the same command again"));
        }
        if is_deep {
            take_from(&real, false, seen, found)?;
        }
    }
    Ok(())
}

/// Names of the files in the folder of a run that its manifest does not name: other formats of a list, who moved.
pub(super) fn other_files(record: &Record) -> Result<Vec<String>, Failure> {
    let manifest = &record.manifest;
    let mut names = Vec::new();
    for path in entries(&record.folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kind = path.symlink_metadata().map_err(|error| Failure::io(&error, &path))?;
        if kind.is_symlink() {
            return Err(unreachable(
                &path,
                "is a link in the folder of a kept run: what it leads to would stay",
            )
            .hint("put the file itself there, or remove the link; then give the same command again"));
        }
        if !kind.is_file() {
            return Err(unreachable(&path, "is no file, and stands in the folder of a kept run")
                .hint("remove it or move it away; then give the same command again"));
        }
        // The account of a scheduled list is brought up with the others of its schedule.
        let is_known = [MANIFEST, EDITION, manifest.file.as_str()].contains(&name.as_str())
            || manifest.kept.iter().any(|kept| kept.file == name);
        if !is_known {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Nothing, or why this account cannot change files in a folder.
pub(super) fn check_can_change(folder: &Path) -> Result<(), Failure> {
    rustix::fs::access(folder, Rights::WRITE_OK | Rights::EXEC_OK).map_err(|error| {
        unreachable(folder, &format!("cannot be written to: {error}"))
            .hint("let this account write there, or forget as the account whose folder it is")
    })
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound && !folder.is_symlink() => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(unreachable(folder, &format!("cannot be entered: {error}"))),
    };
    let paths: io::Result<Vec<_>> = entries.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths.map_err(|error| Failure::io(&error, folder))?;
    paths.sort();
    Ok(paths)
}

fn unreachable(path: &Path, why: &str) -> Failure {
    Failure::failed(format!("{why}; nothing was changed")).at_path(path)
}
