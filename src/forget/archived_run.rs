//! Archived runs: rows of the person taken out where the format allows, the file withdrawn where it does not, and the
//! manifest saying so.

use super::lines::{self, Without};
use super::mention::{INSTEAD, Mention, Value};
use super::{parquet, survey};
use crate::atomic_file;
use crate::context::Context;
use crate::embedded_sql::to_hex;
use crate::failure::Failure;
use crate::plain_file;
use crate::runs::archive::{EVIDENCE, MANIFEST, REPORT, ROWS, Record};
use crate::runs::manifest::{Amendment, Manifest};
use crate::wording;
use serde::Serialize;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A run that named them.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Amended {
    pub(crate) id: String,
    pub(crate) folder: PathBuf,
    /// Rows taken out of its output.
    pub(crate) rows: usize,
    /// Files that were rewritten.
    pub(crate) rewritten: Vec<String>,
    /// Files that were removed, for they cannot be rewritten.
    pub(crate) withdrawn: Vec<String>,
}

/// What becomes of one file.
pub(super) struct Change {
    pub(super) file: String,
    before: String,
    /// Its new bytes; none: it goes.
    after: Option<Vec<u8>>,
    pub(super) rows: usize,
}

/// The runs that name the person, and what is to become of them; nothing is written. Fails where one of them could not
/// be changed.
pub(super) fn look(
    archives: &[PathBuf],
    mention: &Mention<'_>,
    workshop: &Path,
) -> Result<Vec<Amended>, Failure> {
    let mut found = Vec::new();
    for record in survey::runs(archives)? {
        let changes = changes(&record, mention, workshop)?;
        let manifest = amended(&record.manifest, &changes, mention, "");
        if changes.is_empty() && manifest == record.manifest {
            continue;
        }
        survey::check_can_change(&record.folder)?;
        let named = |is_kept: bool| {
            let of_kind = changes.iter().filter(|change| change.after.is_some() == is_kept);
            of_kind.map(|change| change.file.clone()).collect()
        };
        found.push(Amended {
            id: record.manifest.id.clone(),
            rows: changes.iter().filter(|change| change.file == ROWS).map(|change| change.rows).sum(),
            rewritten: named(true),
            withdrawn: named(false),
            folder: record.folder,
        });
    }
    Ok(found)
}

/// Rewrites and withdraws. The manifest goes first: killed in between, the next time finds the files it speaks of
/// still naming the person, and goes on.
pub(super) fn amend(
    run: &Amended,
    mention: &Mention<'_>,
    workshop: &Path,
    context: &Context,
) -> Result<(), Failure> {
    let path = run.folder.join(MANIFEST);
    let record = Record { manifest: Manifest::read(&path)?, folder: run.folder.clone() };
    let changes = changes(&record, mention, workshop)?;
    let manifest = amended(&record.manifest, &changes, mention, &context.today.to_string());
    atomic_file::overwrite(&path, manifest.text()?.as_bytes()).map_err(|error| Failure::io(&error, &path))?;
    for change in changes {
        let path = run.folder.join(&change.file);
        match change.after {
            Some(bytes) => atomic_file::overwrite(&path, &bytes),
            None => fs::remove_file(&path),
        }
        .map_err(|error| Failure::io(&error, &path))?;
    }
    let folder = fs::File::open(&run.folder).and_then(|folder| folder.sync_all());
    folder.map_err(|error| Failure::io(&error, &run.folder))
}

/// What becomes of the files of a run; nothing is written.
pub(super) fn changes(
    record: &Record,
    mention: &Mention<'_>,
    workshop: &Path,
) -> Result<Vec<Change>, Failure> {
    let manifest = &record.manifest;
    // A report that was run about them says nothing of anybody else.
    let is_about_them = is_about(manifest, mention);
    let is_in_meta = names(&manifest.meta, &|text| mention.is_in(text));
    let output = [manifest.file.clone()];
    let kept = manifest.kept.iter().map(|kept| kept.file.clone());
    let others = survey::other_files(record)?;
    let mut is_in_rows = false;
    let mut changes = Vec::new();
    // The copy of the rows before the output, of which some formats show no word.
    for file in kept.chain(output).chain(others) {
        let path = record.folder.join(&file);
        let Some(bytes) = read_kept(record, &file)? else { continue };
        let before = to_hex(&Sha256::digest(&bytes));
        let mut add =
            |after, rows| changes.push(Change { file: file.clone(), before: before.clone(), after, rows });
        if is_about_them && file != REPORT {
            add(None, 0);
            continue;
        }
        let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
        let text = std::str::from_utf8(&bytes).ok();
        match ending {
            "csv" | "tsv" | "jsonl" | "json" => match text.and_then(|text| without(ending, text, mention)) {
                Some(Without { rows: 0, named: 0, .. }) => {}
                Some(Without { text, rows, .. }) => {
                    is_in_rows |= file == ROWS;
                    add(Some(text.into_bytes()), rows);
                }
                None if text.is_some_and(|text| !mention.may_be_in(text)) => {}
                None => add(None, 0),
            },
            "parquet" => {
                if let Some((rows, after)) = parquet::without(&path, mention, workshop)? {
                    is_in_rows |= file != EVIDENCE;
                    add(Some(after), rows);
                }
            }
            _ if text.is_some_and(|text| mention.is_in(text)) => add(None, 0),
            "sql" => {}
            _ if is_in_rows || is_in_meta => add(None, 0),
            _ => {}
        }
    }
    Ok(changes)
}

/// The bytes of a kept file; nothing where it was withdrawn before.
fn read_kept(record: &Record, file: &str) -> Result<Option<Vec<u8>>, Failure> {
    let path = record.folder.join(file);
    if Path::new(file).file_name() != Some(file.as_ref()) {
        let message = format!("names the file {file:?}, which is not in its folder; nothing was changed");
        return Err(Failure::failed(message).at_path(&record.folder.join(MANIFEST)));
    }
    match plain_file::read(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let message = format!("a kept file cannot be read: {error}; nothing was changed");
            Err(Failure::failed(message)
                .at_path(&path)
                .hint("let this account read it; then give the same command again"))
        }
    }
}

/// A text without the rows about them; nothing where it cannot be taken apart.
fn without(ending: &str, text: &str, mention: &Mention<'_>) -> Option<Without> {
    match ending {
        "csv" => lines::delimited(text, b',', mention),
        "tsv" => lines::delimited(text, b'\t', mention),
        "jsonl" => lines::json_lines(text, mention),
        _ => lines::envelope(text, mention),
    }
}

/// The manifest as it is to be: new hashes, what was done to which file, and nothing that names them.
fn amended(manifest: &Manifest, changes: &[Change], mention: &Mention<'_>, on: &str) -> Manifest {
    let mut manifest = manifest.clone();
    let is_about_them = is_about(&manifest, mention);
    if is_about_them {
        manifest.meta["notes"] = Json::Array(Vec::new());
        if let Some(parameters) = manifest.meta["parameters"].as_object_mut() {
            for (name, value) in parameters.iter_mut() {
                forget_in(value, &|text| match mention.value(name, text) {
                    Value::Other => None,
                    Value::Theirs => Some(INSTEAD.to_owned()),
                    Value::Naming(without) => Some(without),
                });
            }
        }
    }
    forget_in(&mut manifest.meta["notes"], &|text| {
        mention.is_spoken_of_in(text).then(|| mention.without(text, true))
    });
    forget_in(&mut manifest.meta, &|text| mention.is_in(text).then(|| mention.without(text, false)));
    for adoption in &mut manifest.adopted {
        for text in [&mut adoption.role, &mut adoption.note] {
            *text = mention.without(text, false);
        }
    }
    for change in changes {
        let after = change.after.as_ref().map(|bytes| to_hex(&Sha256::digest(bytes)));
        if let Some(after) = &after {
            if change.file == manifest.file {
                manifest.sha256.clone_from(after);
            }
            for kept in manifest.kept.iter_mut().filter(|kept| kept.file == change.file) {
                kept.sha256.clone_from(after);
            }
        }
        if change.file == ROWS {
            manifest.rows = manifest.rows.saturating_sub(change.rows);
        }
        // What was begun and not ended is said once.
        let is_said = manifest.amended.iter().any(|said| said.file == change.file && said.after == after);
        if !is_said {
            manifest.amended.push(Amendment {
                on: on.to_owned(),
                file: change.file.clone(),
                before: change.before.clone(),
                after,
            });
        }
    }
    manifest
}

fn is_about(manifest: &Manifest, mention: &Mention<'_>) -> bool {
    manifest.parameters().any(|(name, value)| names(value, &|text| mention.is_value(name, text)))
}

fn names(value: &Json, is_named: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Json::String(text) => is_named(text),
        Json::Array(values) => values.iter().any(|value| names(value, is_named)),
        Json::Object(values) => values.values().any(|value| names(value, is_named)),
        _ => false,
    }
}

/// Puts other texts in place of those for which there is one.
pub(super) fn forget_in(value: &mut Json, instead: &dyn Fn(&str) -> Option<String>) {
    match value {
        Json::String(text) => {
            if let Some(other) = instead(text) {
                *text = other;
            }
        }
        Json::Array(values) => values.iter_mut().for_each(|value| forget_in(value, instead)),
        Json::Object(values) => values.values_mut().for_each(|value| forget_in(value, instead)),
        _ => {}
    }
}

impl fmt::Display for Amended {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "run {}: {} taken out", self.id, wording::rows(self.rows))?;
        if !self.rewritten.is_empty() {
            write!(out, "; rewritten {}", self.rewritten.join(", "))?;
        }
        if !self.withdrawn.is_empty() {
            write!(out, "; withdrawn {}", self.withdrawn.join(", "))?;
        }
        Ok(())
    }
}
