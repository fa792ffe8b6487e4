//! A folder of runs: one folder each, whole or not there.

use super::manifest::{Manifest, Who};
use crate::atomic_file;
use crate::failure::Failure;
use crate::write_gate;
use std::path::{Path, PathBuf};

/// Name of the manifest in the folder of a run.
pub(crate) const MANIFEST: &str = "manifest.json";
/// Name of the copy of the rows.
pub(crate) const ROWS: &str = "rows.csv";
/// Name of the evidence.
pub(crate) const EVIDENCE: &str = "evidence.parquet";
/// Name of the report as it was.
pub(crate) const REPORT: &str = "report.sql";

/// A run that was kept, or the manifest beside a file.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// The folder it is in.
    pub(crate) folder: PathBuf,
    pub(crate) manifest: Manifest,
}

/// The runs of an archive, the oldest first; folders that hold none are told of.
pub(crate) fn list(archive: &Path) -> Result<Vec<Record>, Failure> {
    let at = |error: &std::io::Error| Failure::io(&error, archive);
    let entries = match std::fs::read_dir(archive) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(at(&error)),
    };
    let mut records = Vec::new();
    for entry in entries {
        let folder = entry.map_err(|error| at(&error))?.path();
        let file = folder.join(MANIFEST);
        let is_draft = folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !is_draft && file.is_file() {
            records.push(Record { manifest: Manifest::read(&file)?, folder });
        }
    }
    records.sort_by(|left, right| {
        (&left.manifest.at, &left.manifest.id).cmp(&(&right.manifest.at, &right.manifest.id))
    });
    Ok(records)
}

/// Records beside an archived run that its list was adopted.
pub(crate) fn adopt(record: &Record, role: &str, note: &str) -> Result<(), Failure> {
    let path = record.folder.join(MANIFEST);
    if !path.is_file() {
        return Err(Failure::usage("only a run in an archive is adopted")
            .at(record.manifest.id.clone())
            .hint("keep it with --archive"));
    }
    // As it stands now, whoever wrote to it meanwhile.
    let mut manifest = Manifest::read(&path)?;
    manifest.adopt(role, note, &Who::of_process());
    atomic_file::overwrite(&path, manifest.text()?.as_bytes()).map_err(|error| Failure::io(&error, &path))
}

/// A run by its folder, its output file or its manifest.
pub(crate) fn find_file(name: &str) -> Result<Option<Record>, Failure> {
    let path = Path::new(name);
    let beside = PathBuf::from(format!("{name}.manifest.json"));
    for file in [path.join(MANIFEST), beside, path.to_owned()] {
        if file.is_file() {
            let folder = crate::paths::folder_of(&file);
            let manifest = Manifest::read(&file)?;
            write_gate::note_read(&file);
            write_gate::note_read(folder.join(&manifest.file));
            return Ok(Some(Record { folder, manifest }));
        }
    }
    Ok(None)
}
