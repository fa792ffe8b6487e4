//! The folder of a schedule: in it a folder per period, whole or not there. What is done is known from it alone.

use super::edition::{EDITION, Failed, PublishedEdition};
use super::index;
use super::period::Period;
use super::span::Span;
use crate::atomic_file::{self, DRAFT};
use crate::failure::Failure;
use crate::interrupt;
use crate::plain_file;
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Name of the page of all periods.
pub(crate) const INDEX: &str = "index.html";
/// Name of the link to the newest edition.
pub(crate) const LATEST: &str = "latest";
const GONE: &str = ".gone-";
const FAILED: &str = ".failed.json";

/// The folder of a schedule.
#[derive(Clone, Debug)]
pub(crate) struct ScheduleFolder {
    pub(crate) path: PathBuf,
}

impl ScheduleFolder {
    /// The editions, the oldest first. What is no edition is left alone.
    pub(crate) fn editions(&self) -> Result<Vec<PublishedEdition>, Failure> {
        let mut found = Vec::new();
        for name in self.names()? {
            let (Some(period), folder) = (Period::read(&name), self.path.join(&name)) else { continue };
            let file = folder.join(EDITION);
            if file.is_file() {
                let text = plain_file::read_to_string(&file).map_err(|error| Failure::io(&error, &file))?;
                let edition = serde_json::from_str(&text).map_err(|error| {
                    Failure::failed(format!("is no account of a list: {error}"))
                        .at_path(&file)
                        .hint("restore it, or move its folder away: the list is then made again")
                })?;
                found.push(PublishedEdition { period, folder, edition });
            }
        }
        found.sort_by_key(|kept| kept.period);
        Ok(found)
    }

    /// Why periods have no list, by period, the oldest first. A note of a period that has one by now says nothing.
    pub(crate) fn failures(&self) -> Result<Vec<(Period, Failed)>, Failure> {
        let mut found = Vec::new();
        for name in self.names()? {
            let Some(period) = name.strip_suffix(FAILED).and_then(Period::read) else { continue };
            if self.has_list(&period) {
                continue;
            }
            // A note that cannot be read says no more than that there was one.
            let text = plain_file::read_to_string(&self.path.join(&name)).unwrap_or_default();
            let failed = serde_json::from_str(&text).unwrap_or_else(|_| Failed {
                period: period.to_string(),
                at: String::new(),
                outcome: "failed".to_owned(),
                problems: Vec::new(),
            });
            found.push((period, failed));
        }
        found.sort_by_key(|(period, _)| *period);
        Ok(found)
    }

    /// True where a list was made here, or tried in vain, or begun by a run that was killed.
    pub(crate) fn is_used(&self) -> Result<bool, Failure> {
        let is_begun = |name: &String| is_leaving(name) && self.path.join(name).is_dir();
        Ok(!self.editions()?.is_empty() || !self.failures()?.is_empty() || self.names()?.iter().any(is_begun))
    }

    /// Where the note stands of why a period has no list.
    pub(crate) fn failure_path(&self, period: &Period) -> PathBuf {
        self.path.join(format!("{period}{FAILED}"))
    }

    fn has_list(&self, period: &Period) -> bool {
        self.path.join(period.to_string()).join(EDITION).is_file()
    }

    fn names(&self) -> Result<Vec<String>, Failure> {
        let entries = match std::fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Failure::io(&error, &self.path)),
        };
        let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        names.collect::<std::io::Result<_>>().map_err(|error| Failure::io(&error, &self.path))
    }

    /// Begins a folder that no reader sees.
    pub(crate) fn draft(&self) -> Result<TempDir, Failure> {
        let draft = tempfile::Builder::new().prefix(DRAFT).tempdir_in(&self.path);
        let draft = draft.map_err(|error| Failure::io(&error, &self.path))?;
        interrupt::remove_if_stopped(draft.path());
        Ok(draft)
    }

    /// Gives a draft that is whole the name of its period; in the place of the one before, where there is one.
    pub(crate) fn publish(&self, draft: TempDir, period: &Period) -> Result<PathBuf, Failure> {
        atomic_file::sync_folder(draft.path()).map_err(|error| Failure::io(&error, draft.path()))?;
        interrupt::check()?;
        let target = self.path.join(period.to_string());
        if target.exists() {
            exchange(draft.path(), &target).map_err(|error| Failure::io(&error, &target))?;
            // Now it holds the one before.
            let _ = draft.close();
        } else {
            std::fs::rename(draft.path(), &target).map_err(|error| Failure::io(&error, &target))?;
            // There is nothing left under its first name to be removed.
            let _ = draft.keep();
        }
        atomic_file::sync(&self.path).map_err(|error| {
            Failure::io(&error, &self.path).hint(format!(
                "the list of {period} is there; whether it stays if the power fails is not known"
            ))
        })?;
        // Where it stays it says nothing any more.
        let _ = self.forget_failure(period);
        Ok(target)
    }

    /// Notes why a period has no list; true where that was not known before.
    pub(crate) fn note_failure(&self, failed: &Failed) -> Result<bool, Failure> {
        let name = format!("{}{FAILED}", failed.period);
        let before = self.failures()?.into_iter().find(|(_, known)| known.period == failed.period);
        let is_new = before.is_none_or(|(_, known)| known.outcome != failed.outcome);
        self.put(&name, &crate::wording::json_text(failed)?)?;
        Ok(is_new)
    }

    fn forget_failure(&self, period: &Period) -> Result<(), Failure> {
        let path = self.failure_path(period);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::io(&error, &path)),
            _ => Ok(()),
        }
    }

    /// Removes what a run that was killed left, and brings the link and the page up to the editions there are.
    /// Only for who holds the lock.
    pub(crate) fn tidy(&self, title: &str) -> Result<(), Failure> {
        for name in self.names()?.iter().filter(|name| is_leaving(name)) {
            let path = self.path.join(name);
            let is_folder = path.is_dir() && !path.is_symlink();
            let gone = if is_folder { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
            gone.map_err(|error| Failure::io(&error, &path))?;
        }
        let (editions, failures) = (self.editions()?, self.failures()?);
        if editions.is_empty() && failures.is_empty() {
            return Ok(());
        }
        if let Some(newest) = editions.last() {
            self.link(&newest.period.to_string())?;
        }
        let page = index::page(title, &editions, &failures, &self.path);
        if plain_file::read_to_string(&self.path.join(INDEX)).is_ok_and(|known| known == page) {
            return Ok(());
        }
        self.put(INDEX, &page)
    }

    fn link(&self, target: &str) -> Result<(), Failure> {
        let link = self.path.join(LATEST);
        if std::fs::read_link(&link).is_ok_and(|known| known == Path::new(target)) {
            return Ok(());
        }
        let draft = self.path.join(format!("{DRAFT}{LATEST}"));
        let made = std::os::unix::fs::symlink(target, &draft).and_then(|()| std::fs::rename(&draft, &link));
        made.map_err(|error| {
            let _ = std::fs::remove_file(&draft);
            Failure::io(&error, &link)
        })
    }

    fn put(&self, name: &str, text: &str) -> Result<(), Failure> {
        let path = self.path.join(name);
        atomic_file::overwrite(&path, text.as_bytes()).map_err(|error| Failure::io(&error, &path))
    }

    /// The editions past their time at a day; never the newest.
    pub(crate) fn past(&self, keep: &Span, today: Date) -> Result<Vec<PublishedEdition>, Failure> {
        let mut editions = self.editions()?;
        editions.pop();
        editions.retain(|kept| is_past(&kept.period, keep, today));
        Ok(editions)
    }

    /// Removes an edition. Only for who holds the lock.
    pub(crate) fn remove(&self, kept: &PublishedEdition) -> Result<(), Failure> {
        let gone = self.path.join(format!("{GONE}{}", kept.period));
        std::fs::rename(&kept.folder, &gone)
            .and_then(|()| std::fs::remove_dir_all(&gone))
            .map_err(|error| Failure::io(&error, &kept.folder))
    }

    /// Removes notes of why periods have no list, past their time.
    pub(crate) fn remove_past_failures(&self, keep: &Span, today: Date) -> Result<(), Failure> {
        for (period, _) in self.failures()? {
            if is_past(&period, keep, today) {
                self.forget_failure(&period)?;
            }
        }
        Ok(())
    }
}

/// True for the name of what is on its way into the folder of a schedule, or out of it.
fn is_leaving(name: &str) -> bool {
    name.starts_with(DRAFT) || name.starts_with(GONE)
}

/// True where a list is no longer kept.
pub(crate) fn is_past(period: &Period, keep: &Span, today: Date) -> bool {
    period.to < keep.before(today)
}

/// Swaps two folders at once: at no moment is there none.
fn exchange(one: &Path, other: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}
