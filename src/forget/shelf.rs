//! Folders of scheduled lists: once their lists are amended, the account of each edition and the page of all say so.

use super::archived_run::forget_in;
use super::mention::{INSTEAD, Mention};
use crate::atomic_file;
use crate::failure::Failure;
use crate::runs::Manifest;
use crate::runs::archive::{EVIDENCE, MANIFEST};
use crate::schedule::{EDITION, Edition, EditionOutput, Lock, PublishedEdition, ScheduleFolder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The shelves of schedules among some folders.
pub(super) fn among(folders: &[PathBuf]) -> Result<Vec<ScheduleFolder>, Failure> {
    let mut shelves = Vec::new();
    for folder in folders {
        let shelf = ScheduleFolder { path: folder.clone() };
        if shelf.is_used()? {
            shelves.push(shelf);
        }
    }
    Ok(shelves)
}

/// The locks of shelves: no list is made of what is about to be forgotten.
pub(super) fn lock(shelves: &[ScheduleFolder], wait: Duration) -> Result<Vec<Lock>, Failure> {
    shelves.iter().map(|shelf| Lock::take(&shelf.path, wait)).collect()
}

/// Folders of the editions of shelves: an output for each value stands one folder below.
pub(super) fn editions(shelves: &[ScheduleFolder]) -> Result<Vec<PathBuf>, Failure> {
    let mut folders = Vec::new();
    for shelf in shelves {
        folders.extend(shelf.editions()?.into_iter().map(|kept| kept.folder));
    }
    Ok(folders)
}

/// Brings the accounts of a shelf and its page up to its amended lists. What was begun and not ended is done by the
/// next time.
pub(super) fn bring_up(shelf: &ScheduleFolder, mention: &Mention<'_>) -> Result<(), Failure> {
    let mut title = shelf.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for PublishedEdition { folder, mut edition, .. } in shelf.editions()? {
        let before = edition.clone();
        for part in &mut edition.parts {
            bring_up_part(part, &folder)?;
        }
        let edition: Edition =
            without(&edition, &|text| mention.is_in(text).then(|| mention.without(text, false)))?;
        title.clone_from(&edition.title);
        if as_json(&edition)? != as_json(&before)? {
            write(&folder.join(EDITION), &edition)?;
        }
    }
    for (period, failed) in shelf.failures()? {
        let amended = without(&failed, &|text| mention.may_be_in(text).then(|| mention.without(text, true)))?;
        if as_json(&amended)? != as_json(&failed)? {
            write(&shelf.failure_path(&period), &amended)?;
        }
    }
    shelf.tidy(&title)
}

/// What the manifest of an output says of its files by now. One that was about them alone keeps no name of theirs.
fn bring_up_part(part: &mut EditionOutput, edition: &Path) -> Result<(), Failure> {
    let [named, nameless] = [edition.join(&part.folder), edition.join(&part.run)];
    let folder = if named.is_dir() { named } else { nameless.clone() };
    let manifest = Manifest::read(&folder.join(MANIFEST))?;
    let is_about_them = manifest.parameters().any(|(_, value)| value.as_str() == Some(INSTEAD));
    if part.value.is_some() && is_about_them {
        if folder != nameless {
            fs::rename(&folder, &nameless).map_err(|error| Failure::io(&error, &folder))?;
        }
        part.value = Some(INSTEAD.to_owned());
        part.folder.clone_from(&part.run);
    }
    let withdrawn =
        |file: &String| manifest.amended.iter().any(|said| said.file == *file && said.after.is_none());
    part.withdrawn.extend(part.files.iter().filter(|file| withdrawn(file)).cloned());
    part.files.retain(|file| !withdrawn(file));
    let days: BTreeSet<_> =
        manifest.amended.iter().filter(|said| said.file != EVIDENCE).map(|said| said.on.clone()).collect();
    part.amended_on = days.into_iter().collect();
    part.rows = manifest.rows;
    Ok(())
}

/// The same without what names them.
fn without<T: Serialize + DeserializeOwned>(
    account: &T,
    instead: &dyn Fn(&str) -> Option<String>,
) -> Result<T, Failure> {
    let mut value = as_json(account)?;
    forget_in(&mut value, instead);
    serde_json::from_value(value).map_err(|error| Failure::failed(error.to_string()))
}

fn as_json(account: &impl Serialize) -> Result<Json, Failure> {
    serde_json::to_value(account).map_err(|error| Failure::failed(error.to_string()))
}

fn write(path: &Path, account: &impl Serialize) -> Result<(), Failure> {
    atomic_file::overwrite(path, crate::wording::json_text(account)?.as_bytes())
        .map_err(|error| Failure::io(&error, path))
}
