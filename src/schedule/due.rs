//! What is due: told from the schedule, the clock and the editions there are, and from nothing else.

use super::entry::Schedule;
use super::folder::{ScheduleFolder, is_past};
use super::period::{Period, day_of};
use crate::failure::Failure;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// The periods whose list is due and not there, the oldest first.
///
/// A schedule begins with the newest period that is due. Later it goes back over as many periods as it catches up, but
/// not before the first that was made, or tried in vain, nor over what is past its time.
pub(crate) fn due(
    schedule: &Schedule,
    shelf: &ScheduleFolder,
    now: Timestamp,
) -> Result<Vec<Period>, Failure> {
    let newest = schedule.cadence.newest_due(now)?;
    let today = day_of(now)?;
    let done: BTreeSet<_> = shelf.editions()?.iter().map(|kept| kept.period).collect();
    let tried: BTreeSet<_> = shelf.failures()?.iter().map(|(period, _)| *period).collect();
    let first = done.union(&tried).filter(|period| period.length == newest.length).min();
    let Some(first) = first else { return Ok(vec![newest]) };
    let mut missing = Vec::new();
    let mut period = newest;
    for _ in 0..schedule.catch_up {
        let is_gone = schedule.keep.as_ref().is_some_and(|keep| is_past(&period, keep, today));
        if period < *first || is_gone {
            break;
        }
        if !done.contains(&period) {
            missing.push(period);
        }
        period = period.before();
    }
    missing.reverse();
    Ok(missing)
}

/// Where a schedule stands at a moment.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    /// The periods that are due and not there, the oldest first.
    pub(crate) missing: Vec<Period>,
    /// The period whose list is due next.
    pub(crate) next: Period,
    pub(crate) next_at: Timestamp,
}

/// Where a schedule stands at a moment.
pub(crate) fn standing(
    schedule: &Schedule,
    shelf: &ScheduleFolder,
    now: Timestamp,
) -> Result<Standing, Failure> {
    let next = schedule.cadence.newest_due(now)?.after();
    let next_at = schedule.cadence.due_at(&next)?;
    Ok(Standing { missing: due(schedule, shelf, now)?, next, next_at })
}
