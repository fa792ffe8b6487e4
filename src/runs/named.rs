//! Kept lists by what they are called: the id of an archived run, or the schedule and the period of a scheduled one.

use super::archive::{Record, find_file};
use crate::failure::Failure;
use crate::suggest::did_you_mean;
use serde_json::Value as Json;

/// A kept list and what it is called.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// The id of its run, or its schedule, period and value: `v100/2026-W27`, `v100/2026-W27/Camden`.
    pub(crate) name: String,
    /// The schedule that made it; none: it was archived by hand.
    pub(crate) schedule: Option<String>,
    /// The period it was made for.
    pub(crate) period: Option<String>,
    pub(crate) record: Record,
}

impl Named {
    /// A run of an archive.
    pub(crate) fn archived(record: Record) -> Self {
        Self { name: record.manifest.id.clone(), schedule: None, period: None, record }
    }

    /// The manifest, and what the list is called.
    pub(crate) fn as_json(&self) -> Result<Json, Failure> {
        let mut json = serde_json::to_value(&self.record.manifest)
            .map_err(|error| Failure::failed(format!("the manifest cannot be written: {error}")))?;
        if let (Some(object), Some(_)) = (json.as_object_mut(), &self.schedule) {
            object.insert("name".to_owned(), Json::from(self.name.clone()));
        }
        Ok(json)
    }

    /// What is the same in every list of one series: the report, or the schedule and the value.
    fn series(&self) -> (Option<&str>, &str) {
        let manifest = &self.record.manifest;
        match (&self.schedule, &self.period) {
            (Some(schedule), Some(period)) => {
                let value = self.name.strip_prefix(&format!("{schedule}/{period}"));
                (Some(schedule), value.unwrap_or_default())
            }
            _ => (None, &manifest.report),
        }
    }

    /// Where it stands in its series: by its period, or by when it was made.
    fn place(&self) -> (&str, &str, &str) {
        let manifest = &self.record.manifest;
        let as_of = manifest.meta["parameters"]["as_of"].as_str().filter(|_| self.schedule.is_some());
        (as_of.unwrap_or_default(), &manifest.at, &manifest.id)
    }
}

/// A kept list by what it is called, the beginning of the id of its run, its period where that is of one list alone, its
/// folder, its output file or its manifest.
pub(crate) fn find(name: &str, lists: &[Named]) -> Result<Named, Failure> {
    if let Some(record) = find_file(name)? {
        let known = lists.iter().find(|list| list.record.folder == record.folder);
        return Ok(known.cloned().unwrap_or_else(|| Named::archived(record)));
    }
    let is_called = |list: &&Named| list.name == name || list.period.as_deref() == Some(name);
    let mut found: Vec<_> = lists.iter().filter(is_called).collect();
    if found.is_empty() && !name.is_empty() {
        found = lists.iter().filter(|list| list.record.manifest.id.starts_with(name)).collect();
    }
    match found.as_slice() {
        [list] => Ok((*list).clone()),
        [] => {
            let names: Vec<_> = lists.iter().map(|list| list.name.clone()).collect();
            let guess = did_you_mean(name, &names);
            Err(Failure::usage(format!("no run {name:?}"))
                .hint(format!("{guess}`harmrank runs list` names archived runs and scheduled lists")))
        }
        several => {
            let names: Vec<_> = several.iter().map(|list| list.name.as_str()).collect();
            let words =
                if several[0].period.as_deref() == Some(name) { "lists are of" } else { "runs begin with" };
            Err(Failure::usage(format!("{} {words} {name:?}", names.len())).hint(names.join(", ")))
        }
    }
}

/// The newest archived run, or a list, and the one before it of the same report or schedule.
pub(crate) fn last_two(newest: Option<Named>, lists: &[Named]) -> Result<(Named, Named), Failure> {
    let none = || {
        Failure::usage("no earlier run of the same report is kept")
            .hint("keep runs with --archive, or name a scheduled list: `harmrank runs list`")
    };
    let archived = lists.iter().filter(|list| list.schedule.is_none());
    let later = newest.or_else(|| archived.max_by_key(|list| list.place()).cloned()).ok_or_else(none)?;
    let before = lists.iter().filter(|list| list.series() == later.series() && list.place() < later.place());
    Ok((before.max_by_key(|list| list.place()).cloned().ok_or_else(none)?, later))
}
