//! Whether every list is there, for monitoring.

use super::due::standing;
use super::edition::{Failed, PublishedEdition};
use super::entry::Schedule;
use super::folder::ScheduleFolder;
use super::period::{Period, day_of, local};
use super::span::Span;
use crate::database::{Access, sql_file};
use crate::failure::Failure;
use duckdb::named_params;
use jiff::Timestamp;
use serde::Serialize;

/// How long after it was due a list may be in the making.
const GRACE_HOURS: i64 = 1;

/// Where a schedule stands, for people and for monitoring.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Status {
    /// Name of the schedule.
    pub(crate) schedule: String,
    /// Name of the report.
    pub(crate) report: String,
    pub(crate) state: State,
    /// In words, where something is amiss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) why: Option<String>,
    /// Label of the newest period with a list.
    pub(crate) last: Option<String>,
    /// When that list was made, UTC.
    pub(crate) last_at: Option<String>,
    /// Rows of that list, all outputs together.
    pub(crate) rows: Option<usize>,
    /// Periods that are due and have no list, the oldest first.
    pub(crate) missing: Vec<String>,
    /// Label of the period whose list is due next.
    pub(crate) next: String,
    /// When that is, by the clocks of Europe/London.
    pub(crate) next_at: String,
}

/// How a schedule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// Every list that is due is there.
    Ok,
    /// A list is due, and not longer than an hour.
    Due,
    /// A list is not there.
    Missing,
    /// A list was tried and could not be made.
    Failed,
    /// The newest list is older than asked for.
    Old,
}

impl State {
    /// False where somebody has to look.
    pub(crate) fn is_good(self) -> bool {
        matches!(self, Self::Ok | Self::Due)
    }
}

/// Where a schedule stands at a moment; with `fresh`, how old the newest list may be.
pub(crate) fn status(schedule: &Schedule, now: Timestamp, fresh: Option<&Span>) -> Result<Status, Failure> {
    let shelf = ScheduleFolder { path: schedule.shelf() };
    let editions = shelf.editions()?;
    let standing = standing(schedule, &shelf, now)?;
    let last = editions.last();
    let failed = shelf.failures()?.into_iter().rev().find(|(period, _)| standing.missing.contains(period));
    let has_grace = |missing: &Period| {
        let begun = schedule.cadence.due_at(missing)?;
        Ok::<_, Failure>(now.duration_since(begun).as_hours() < GRACE_HOURS)
    };
    let (state, why) = match (&failed, standing.missing.first()) {
        (Some((period, failed)), _) => (State::Failed, Some(told(period, failed))),
        (None, Some(missing)) if standing.missing.len() > 1 || !has_grace(missing)? => {
            let why = format!("no list of {}, due {}", missing, local(schedule.cadence.due_at(missing)?)?);
            (State::Missing, Some(why))
        }
        (None, missing) => match fresh.filter(|fresh| is_old(last, fresh, now)) {
            Some(fresh) => (State::Old, Some(format!("the newest list is older than {fresh}"))),
            None if missing.is_some() => (State::Due, None),
            None => (State::Ok, None),
        },
    };
    Ok(Status {
        schedule: schedule.name.clone(),
        report: schedule.report.clone(),
        state,
        why,
        last: last.map(|kept| kept.period.to_string()),
        last_at: last.map(|kept| kept.edition.made_at.clone()),
        rows: last.map(|kept| kept.edition.parts.iter().map(|part| part.rows).sum()),
        missing: standing.missing.iter().map(ToString::to_string).collect(),
        next: standing.next.to_string(),
        next_at: local(standing.next_at)?,
    })
}

fn told(period: &Period, failed: &Failed) -> String {
    let words: Vec<_> = failed.problems.iter().map(|problem| problem.message.as_str()).collect();
    format!("{period} {}: {}", failed.outcome, words.join("; "))
}

fn is_old(last: Option<&PublishedEdition>, fresh: &Span, now: Timestamp) -> bool {
    let made = last.and_then(|kept| kept.edition.made_at.parse::<Timestamp>().ok());
    made.is_none_or(|made| made < fresh.before_moment(now))
}

/// Decisions to leave someone out that are past the day of their review.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Review {
    pub(crate) decisions: u64,
    /// The earliest day of review among them.
    pub(crate) earliest: Option<String>,
}

/// Counts decisions to leave someone out that are past the day of their review; names nobody.
pub(crate) fn review(access: &Access, now: Timestamp) -> Result<Review, Failure> {
    let connection = access.read()?;
    let today = day_of(now)?.to_string();
    let mut prepared = connection.prepare(sql_file("schedule/review_due.sql")?.text)?;
    Ok(prepared.query_row(named_params! { "today": today }, |row| {
        let decisions: i64 = row.get(0)?;
        Ok(Review { decisions: decisions.unsigned_abs(), earliest: row.get(1)? })
    })?)
}
