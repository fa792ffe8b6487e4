//! Archived runs: rows of the person taken out where the format allows, the file withdrawn where it does not, and the
//! manifest saying so.

use super::lines::{self, Without};
use super::mention::Mention;
use crate::atomic_file;
use crate::context::Context;
use crate::database::{quoted, quoted_name};
use crate::embedded_sql::to_hex;
use crate::failure::Failure;
use crate::paths::folder_of;
use crate::runs::archive::{self, EVIDENCE, MANIFEST, REPORT, ROWS, Record};
use crate::runs::manifest::{Amendment, Manifest};
use crate::wording;
use duckdb::Connection;
use serde::Serialize;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// What stands in a manifest in place of what named somebody forgotten.
pub(super) const INSTEAD: &str = "(forgotten)";

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
struct Change {
    file: String,
    before: String,
    /// Its new bytes; none: it goes.
    after: Option<Vec<u8>>,
    rows: usize,
}

/// The runs that name the person, and what is to become of them; nothing is written.
pub(super) fn look(archives: &[PathBuf], mention: &Mention) -> Result<Vec<Amended>, Failure> {
    let mut found = Vec::new();
    for archive in archives {
        for record in archive::list(archive)? {
            // A link to the newest is not another run.
            if record.folder.is_symlink() {
                continue;
            }
            let changes = changes(&record, mention)?;
            let manifest = amended(&record.manifest, &changes, mention, "");
            if changes.is_empty() && manifest == record.manifest {
                continue;
            }
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
    }
    Ok(found)
}

/// Rewrites and withdraws. The manifest goes first: killed in between, the next time finds the files it speaks of
/// still naming the person, and goes on.
pub(super) fn amend(run: &Amended, mention: &Mention, context: &Context) -> Result<(), Failure> {
    let path = run.folder.join(MANIFEST);
    let record = Record { manifest: Manifest::read(&path)?, folder: run.folder.clone() };
    let changes = changes(&record, mention)?;
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

fn changes(record: &Record, mention: &Mention) -> Result<Vec<Change>, Failure> {
    let manifest = &record.manifest;
    // A report that was run about them says nothing of anybody else.
    let is_about_them = is_about(manifest, mention);
    let is_in_meta = names(&manifest.meta, &|text| mention.is_in(text));
    let output = [manifest.file.clone()];
    let kept = manifest.kept.iter().map(|kept| kept.file.clone());
    let others = others(record)?;
    let mut is_in_rows = false;
    let mut changes = Vec::new();
    // The copy of the rows before the output, of which some formats show no word.
    for file in kept.chain(output).chain(others) {
        let path = record.folder.join(&file);
        let Ok(bytes) = fs::read(&path) else { continue };
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
            "csv" | "tsv" | "jsonl" | "json" => {
                let without = text.and_then(|text| match ending {
                    "csv" => lines::delimited(text, b',', mention),
                    "tsv" => lines::delimited(text, b'\t', mention),
                    "jsonl" => lines::json_lines(text, mention),
                    _ => lines::envelope(text, mention),
                });
                match without {
                    Some(Without { rows: 0, .. }) => {}
                    Some(Without { text, rows }) => {
                        is_in_rows |= file == ROWS;
                        add(Some(text.into_bytes()), rows);
                    }
                    None if text.is_some_and(|text| !mention.may_be_in(text)) => {}
                    None => add(None, 0),
                }
            }
            "parquet" => {
                let (rows, after) = parquet(&path, mention)?;
                if let Some(after) = after {
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

/// Files in the folder that the manifest does not name: the same list in other formats, who moved.
fn others(record: &Record) -> Result<Vec<String>, Failure> {
    let manifest = &record.manifest;
    let mut names = Vec::new();
    for entry in fs::read_dir(&record.folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_known =
            name == MANIFEST || name == manifest.file || manifest.kept.iter().any(|kept| kept.file == name);
        if !is_known && entry.file_type()?.is_file() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// The rows of a Parquet file that do not name them, and how many do; nothing where none does.
fn parquet(path: &Path, mention: &Mention) -> Result<(usize, Option<Vec<u8>>), Failure> {
    let connection = Connection::open_in_memory()?;
    let file = quoted(&path.display().to_string());
    let columns: Vec<(String, String)> = connection
        .prepare(&format!("select column_name, column_type from (describe from read_parquet({file}))"))?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    connection.execute_batch("create table named (word varchar)")?;
    let texts: Vec<_> =
        columns.iter().filter(|(_, kind)| kind == "VARCHAR").map(|(name, _)| quoted_name(name)).collect();
    let lists: Vec<_> =
        columns.iter().filter(|(_, kind)| kind == "VARCHAR[]").map(|(name, _)| quoted_name(name)).collect();
    // Which texts name them is decided where it is decided for every other file.
    let of_texts = texts.iter().map(|name| (name, name.clone()));
    for (name, column) in of_texts.chain(lists.iter().map(|name| (name, format!("unnest({name})")))) {
        let words: Vec<String> = connection
            .prepare(&format!(
                "select distinct word from (select {column} as word from read_parquet({file})) where word is not null"
            ))?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for word in words.iter().filter(|word| mention.is_value(name.trim_matches('"'), word)) {
            connection.execute("insert into named values (?)", [word])?;
        }
    }
    let is_named: bool = connection.query_row("select count(*) > 0 from named", [], |row| row.get(0))?;
    if !is_named {
        return Ok((0, None));
    }
    let words = "(select list(distinct word) from named)";
    let mut conditions: Vec<_> =
        texts.iter().map(|name| format!("coalesce(list_contains({words}, {name}), false)")).collect();
    conditions.push("false".to_owned());
    let condition = conditions.join(" or ");
    let replaced: Vec<_> = lists
        .iter()
        .map(|name| format!("list_filter({name}, lambda one: not list_contains(words, one)) as {name}"))
        .collect();
    let replaced =
        if replaced.is_empty() { String::new() } else { format!(" replace ({})", replaced.join(", ")) };
    let rows = connection.query_row(
        &format!("select count(*) from read_parquet({file}) where {condition}"),
        [],
        |row| row.get(0),
    )?;
    let draft = tempfile::Builder::new().suffix(".parquet").tempfile_in(folder_of(path))?;
    connection.execute_batch(&format!(
        "copy (
             select kept.*{replaced}
             from read_parquet({file}) as kept
             cross join (select {words} as words) as named_words
             where not ({condition})
         ) to {} (format parquet)",
        quoted(&draft.path().display().to_string())
    ))?;
    Ok((rows, Some(fs::read(draft.path())?)))
}

/// The manifest as it is to be: new hashes, what was done to which file, and nothing that names them.
fn amended(manifest: &Manifest, changes: &[Change], mention: &Mention, on: &str) -> Manifest {
    let mut manifest = manifest.clone();
    let is_about_them = is_about(&manifest, mention);
    let is_in_rows = changes.iter().any(|change| change.file == ROWS);
    if is_about_them {
        manifest.meta["notes"] = Json::Array(Vec::new());
        if let Some(parameters) = manifest.meta["parameters"].as_object_mut() {
            for (name, value) in parameters.iter_mut() {
                forget_in(value, &|text| mention.is_value(name, text));
            }
        }
    }
    if is_in_rows {
        forget_in(&mut manifest.meta["notes"], &|text| mention.may_be_in(text));
    }
    forget_in(&mut manifest.meta, &|text| mention.is_in(text));
    for adoption in &mut manifest.adopted {
        for text in [&mut adoption.role, &mut adoption.note] {
            if mention.is_in(text) {
                INSTEAD.clone_into(text);
            }
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

fn is_about(manifest: &Manifest, mention: &Mention) -> bool {
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

pub(super) fn forget_in(value: &mut Json, is_named: &dyn Fn(&str) -> bool) {
    match value {
        Json::String(text) if is_named(text) => INSTEAD.clone_into(text),
        Json::Array(values) => values.iter_mut().for_each(|value| forget_in(value, is_named)),
        Json::Object(values) => values.values_mut().for_each(|value| forget_in(value, is_named)),
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
