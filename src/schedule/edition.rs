//! What a schedule keeps of the lists of one period.

use super::period::{Period, day_of};
use crate::failure::Problem;
use crate::ledger::Head;
use crate::wording::number_of;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Name of the account of an edition, in its folder; written last.
pub(crate) const EDITION: &str = "schedule.json";
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
    pub(crate) parts: Vec<EditionOutput>,
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
pub(crate) struct EditionOutput {
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

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Movement {
    /// True for the first list: there is nothing to compare it with.
    pub(crate) is_first: bool,
    /// Newly on the list.
    pub(crate) new: usize,
    /// No longer on it.
    pub(crate) left: usize,
    /// Of a better rank than before by their own score.
    pub(crate) risen: usize,
    /// Of a lower rank than before by their own score.
    pub(crate) fallen: usize,
    /// Of a better rank by what became of others.
    #[serde(default)]
    pub(crate) moved_up: usize,
    /// Of a lower rank by what became of others.
    #[serde(default)]
    pub(crate) overtaken: usize,
    /// Of another rank on a list without days, which do not say whose score did it.
    #[serde(default)]
    pub(crate) of_other_rank: usize,
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
pub(crate) struct PublishedEdition {
    pub(crate) period: Period,
    pub(crate) folder: PathBuf,
    /// What it says of itself.
    pub(crate) edition: Edition,
}
