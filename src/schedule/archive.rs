//! The shelf of a schedule: a folder per period, whole or not there. What is done is known from it alone.

use super::index;
use super::period::{Period, day_of};
use super::span::Span;
use crate::failure::{Failure, Problem};
use crate::interrupt;
use crate::ledger::Head;
use crate::wording::number_of;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Name of the account of an edition, in its folder; written last.
pub(crate) const EDITION: &str = "schedule.json";
/// Name of the page of all periods.
pub(crate) const INDEX: &str = "index.html";
/// Name of the link to the newest edition.
pub(crate) const LATEST: &str = "latest";
const DRAFT: &str = ".draft-";
const GONE: &str = ".gone-";
const FAILED: &str = ".failed.json";

/// The lists of one period.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Edition {
    /// Name of the schedule.
    pub(crate) schedule: String,
    /// Label of the period.
    pub(crate) period: String,
    /// First day of the period.
    pub(crate) from: String,
    /// Last day of the period.
    pub(crate) to: String,
    /// When it was due, UTC.
    pub(crate) due_at: String,
    /// When it was made, UTC: the moment the schedule took it to be.
    pub(crate) made_at: String,
    /// Name of the report.
    pub(crate) report: String,
    pub(crate) title: String,
    /// The day the data speak of.
    pub(crate) data_date: String,
    /// Label of the period that the movement is since; none: the first.
    pub(crate) since: Option<String>,
    /// Values that had an output in the edition before and have none in this.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) gone: Vec<String>,
    /// The outputs: one, or one per value.
    pub(crate) parts: Vec<Part>,
    /// Who was given it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) recipients: Vec<String>,
    /// The line of the ledger that the run was begun with.
    pub(crate) ledger: Head,
}

impl Edition {
    /// How late it was made, and of what data, in words; nothing where it was made on the day it was due, of data of
    /// that day or before.
    pub(crate) fn lateness(&self) -> Option<String> {
        let day = |moment: &String| day_of(moment.parse().ok()?).ok();
        let (due, made) = (day(&self.due_at)?, day(&self.made_at)?);
        let days = made.duration_since(due).as_hours() / 24;
        let has_later_data = self.data_date.parse::<Date>().is_ok_and(|data| data > due);
        let late = number_of(days, ["day", "days"]);
        match (days, has_later_data) {
            (..=0, false) => None,
            (..=0, true) => {
                Some(format!("made of data of {}, later than the day it was due", self.data_date))
            }
            (_, false) => Some(format!("made {late} after it was due")),
            (_, true) => {
                Some(format!("made {late} after it was due, of data of {}, which came since", self.data_date))
            }
        }
    }
}

/// One output of an edition.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Part {
    /// The value it is for, where there is one of each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<String>,
    /// Its folder in that of the edition; empty for the edition's own.
    pub(crate) folder: String,
    /// Id of the run, see `manifest.json` in the folder.
    pub(crate) run: String,
    /// Rows of the list.
    pub(crate) rows: usize,
    /// Files for people, the formats asked for in their order.
    pub(crate) files: Vec<String>,
    /// Files that were removed because somebody was forgotten.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) withdrawn: Vec<String>,
    /// Days on which somebody was taken out of the list, because they were forgotten.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) amended_on: Vec<String>,
    /// Who moved since the edition before; none where the report keeps no evidence of people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) movement: Option<Movement>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Movement {
    /// True for the first list: there is nothing to compare it with.
    pub(crate) is_first: bool,
    /// Newly on the list.
    pub(crate) new: usize,
    /// No longer on it.
    pub(crate) left: usize,
    /// Of a better rank than before.
    pub(crate) risen: usize,
    /// Of a lower rank than before.
    pub(crate) fallen: usize,
    pub(crate) unchanged: usize,
}

/// Why a period has no list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Failed {
    /// Label of the period.
    pub(crate) period: String,
    /// When it was last tried, UTC.
    pub(crate) at: String,
    /// `stale`, `busy`, `failed` and the like.
    pub(crate) outcome: String,
    pub(crate) problems: Vec<Problem>,
}

/// An edition in its folder.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) period: Period,
    pub(crate) folder: PathBuf,
    /// What it says of itself.
    pub(crate) edition: Edition,
}

/// The folder of a schedule.
#[derive(Clone, Debug)]
pub(crate) struct Shelf {
    pub(crate) folder: PathBuf,
}

impl Shelf {
    /// The editions, the oldest first. What is no edition is left alone.
    pub(crate) fn editions(&self) -> Result<Vec<Kept>, Failure> {
        let mut found = Vec::new();
        for name in self.names()? {
            let (Some(period), folder) = (Period::read(&name), self.folder.join(&name)) else { continue };
            let file = folder.join(EDITION);
            if file.is_file() {
                let text = std::fs::read_to_string(&file).map_err(|error| Failure::io(&error, &file))?;
                let edition = serde_json::from_str(&text).map_err(|error| {
                    Failure::failed(format!("is no account of a list: {error}"))
                        .at_path(&file)
                        .hint("restore it, or move its folder away: the list is then made again")
                })?;
                found.push(Kept { period, folder, edition });
            }
        }
        found.sort_by_key(|kept| kept.period);
        Ok(found)
    }

    /// Why periods have no list, by period, the oldest first.
    pub(crate) fn failures(&self) -> Result<Vec<(Period, Failed)>, Failure> {
        let mut found = Vec::new();
        for name in self.names()? {
            let Some(period) = name.strip_suffix(FAILED).and_then(Period::read) else { continue };
            // A note that cannot be read says no more than that there was one.
            let text = std::fs::read_to_string(self.folder.join(&name)).unwrap_or_default();
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

    /// True where a list was made here, or tried in vain.
    pub(crate) fn is_used(&self) -> Result<bool, Failure> {
        Ok(!self.editions()?.is_empty() || !self.failures()?.is_empty())
    }

    /// Where the note stands of why a period has no list.
    pub(crate) fn failure_path(&self, period: &Period) -> PathBuf {
        self.folder.join(format!("{period}{FAILED}"))
    }

    fn names(&self) -> Result<Vec<String>, Failure> {
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Failure::io(&error, &self.folder)),
        };
        let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        names.collect::<std::io::Result<_>>().map_err(|error| Failure::io(&error, &self.folder))
    }

    /// Begins a folder that no reader sees.
    pub(crate) fn draft(&self) -> Result<TempDir, Failure> {
        let draft = tempfile::Builder::new().prefix(DRAFT).tempdir_in(&self.folder);
        let draft = draft.map_err(|error| Failure::io(&error, &self.folder))?;
        interrupt::remove_if_stopped(draft.path());
        Ok(draft)
    }

    /// Gives a draft that is whole the name of its period; in the place of the one before, where there is one.
    pub(crate) fn publish(&self, draft: TempDir, period: &Period) -> Result<PathBuf, Failure> {
        sync_all(draft.path()).map_err(|error| Failure::io(&error, draft.path()))?;
        interrupt::check()?;
        let target = self.folder.join(period.to_string());
        if target.exists() {
            exchange(draft.path(), &target).map_err(|error| Failure::io(&error, &target))?;
            // Now it holds the one before.
            let _ = draft.close();
        } else {
            std::fs::rename(draft.path(), &target).map_err(|error| Failure::io(&error, &target))?;
            // There is nothing left under its first name to be removed.
            let _ = draft.keep();
        }
        sync(&self.folder).map_err(|error| Failure::io(&error, &self.folder))?;
        self.forget_failure(period)?;
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
        for name in self.names()?.iter().filter(|name| name.starts_with(DRAFT) || name.starts_with(GONE)) {
            let path = self.folder.join(name);
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
        let page = index::page(title, &editions, &failures, &self.folder);
        if std::fs::read_to_string(self.folder.join(INDEX)).is_ok_and(|known| known == page) {
            return Ok(());
        }
        self.put(INDEX, &page)
    }

    fn link(&self, target: &str) -> Result<(), Failure> {
        let link = self.folder.join(LATEST);
        if std::fs::read_link(&link).is_ok_and(|known| known == Path::new(target)) {
            return Ok(());
        }
        let draft = self.folder.join(format!("{DRAFT}{LATEST}"));
        let made = std::os::unix::fs::symlink(target, &draft).and_then(|()| std::fs::rename(&draft, &link));
        made.map_err(|error| Failure::io(&error, &link))
    }

    fn put(&self, name: &str, text: &str) -> Result<(), Failure> {
        let path = self.folder.join(name);
        let written = || {
            let mut draft = tempfile::Builder::new().prefix(DRAFT).tempfile_in(&self.folder)?;
            draft.write_all(text.as_bytes())?;
            draft.as_file().sync_all()?;
            draft.persist(&path)?;
            Ok(())
        };
        written().map_err(|error: std::io::Error| Failure::io(&error, &path))
    }

    /// The editions past their time at a day; never the newest.
    pub(crate) fn past(&self, keep: &Span, today: Date) -> Result<Vec<Kept>, Failure> {
        let mut editions = self.editions()?;
        editions.pop();
        editions.retain(|kept| is_past(&kept.period, keep, today));
        Ok(editions)
    }

    /// Removes an edition. Only for who holds the lock.
    pub(crate) fn remove(&self, kept: &Kept) -> Result<(), Failure> {
        let gone = self.folder.join(format!("{GONE}{}", kept.period));
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

/// True where a list is no longer kept.
pub(crate) fn is_past(period: &Period, keep: &Span, today: Date) -> bool {
    period.to < keep.before(today)
}

/// Swaps two folders at once: at no moment is there none.
fn exchange(one: &Path, other: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

fn sync_all(folder: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { sync_all(&path)? } else { sync(&path)? }
    }
    sync(folder)
}

fn sync(path: &Path) -> std::io::Result<()> {
    File::open(path)?.sync_all()
}
