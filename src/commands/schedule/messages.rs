//! What `harmrank schedule` says.

use crate::failure::Failure;
use crate::schedule::{Edition, On, Output, Period, Review, Schedule, ScheduleFolder, State, Status, local};
use crate::wording;
use jiff::Timestamp;
use serde::Serialize;
use std::fmt::Write as _;
use std::path::Path;

/// What is said of all schedules, for other programs.
#[derive(Serialize)]
pub(super) struct Standing<'a> {
    schedules: &'a [Status],
    /// Decisions to leave someone out past their review; none where the database could not be read.
    review: Option<&'a Review>,
}

impl<'a> Standing<'a> {
    pub(super) fn of(schedules: &'a [Status], review: &'a Result<Review, Failure>) -> Self {
        Self { schedules, review: review.as_ref().ok() }
    }
}

/// A line for a list that was made.
pub(super) fn made(edition: &Edition, folder: &Path) -> String {
    let rows: usize = edition.parts.iter().map(|part| part.rows).sum();
    let movements = edition.parts.iter().filter_map(|part| part.movement);
    let moved = match &edition.since {
        Some(since) => {
            let (new, left) = movements.fold((0, 0), |(new, left), one| (new + one.new, left + one.left));
            format!(", {new} new and {left} left since {since}")
        }
        None if edition.parts.iter().any(|part| part.movement.is_some()) => ", the first list".to_owned(),
        None => String::new(),
    };
    let outputs =
        if edition.parts.len() == 1 { String::new() } else { format!(" in {} outputs", edition.parts.len()) };
    let gone = match edition.gone.as_slice() {
        [] => String::new(),
        gone => format!(", no longer there: {}", gone.join(", ")),
    };
    let late = edition.lateness().map(|words| format!(", {words}")).unwrap_or_default();
    format!(
        "{} {}: {}{outputs}{moved}{gone}{late}; {}\n",
        edition.schedule,
        edition.period,
        wording::rows(rows),
        folder.display()
    )
}

/// A list that is due.
pub(super) struct Due {
    pub(super) period: Period,
    /// Its outputs, where these stand in the data; none where the file names them.
    pub(super) outputs: Vec<Output>,
    /// Why it would not be made of the data there are.
    pub(super) why_not: Option<String>,
}

/// What a run would do.
pub(super) fn dry(
    schedule: &Schedule,
    lists: &[Due],
    shelf: &ScheduleFolder,
    now: Timestamp,
) -> Result<String, Failure> {
    let mut text = String::new();
    for Due { period, outputs, why_not } in lists {
        let due = local(schedule.cadence.due_at(period)?)?;
        if let Some(why) = why_not {
            let _ = writeln!(
                text,
                "{} {period}: would not be made, due {due}: {why}; load a newer extract, or raise `fresh`",
                schedule.name
            );
            continue;
        }
        let _ = writeln!(
            text,
            "{} {period}: would be made, due {due}; {}",
            schedule.name,
            shelf.path.join(period.to_string()).display()
        );
        if let Some(for_each) = schedule.for_each.as_ref().filter(|_| !outputs.is_empty()) {
            let values: Vec<_> = outputs.iter().filter_map(|output| output.value.as_deref()).collect();
            let _ = writeln!(
                text,
                "  {}, one for each {}: {}",
                wording::number_of(values.len(), ["output", "outputs"]),
                for_each.parameter,
                values.join(", ")
            );
        }
    }
    if lists.is_empty() {
        let next = schedule.cadence.newest_due(now)?.after();
        let due = local(schedule.cadence.due_at(&next)?)?;
        let _ = writeln!(text, "{}: nothing is due; {next} is next, {due}", schedule.name);
    }
    Ok(text)
}

/// Each schedule and where it stands.
pub(super) fn list(schedules: &[Schedule], statuses: &[Status]) -> String {
    let mut text = String::new();
    for (schedule, status) in schedules.iter().zip(statuses) {
        let _ = writeln!(text, "{}  {}, {}", schedule.name, schedule.report, when(schedule));
        let _ = writeln!(text, "  last   {}", last(status));
        let _ = writeln!(text, "  next   {}, due {}", status.next, status.next_at);
        let _ = writeln!(text, "  state  {}", state(status));
    }
    text
}

fn when(schedule: &Schedule) -> String {
    let at = schedule.cadence.at.strftime("%H:%M");
    match schedule.cadence.on {
        On::Daily => format!("daily at {at}"),
        On::Weekly(day) => format!("weekly on {day:?} at {at}"),
        On::Monthly(day) => format!("monthly on day {day} at {at}"),
    }
}

fn last(status: &Status) -> String {
    let made = status.last_at.as_deref().and_then(|at| at.parse().ok()).and_then(|at| local(at).ok());
    match (&status.last, status.rows) {
        (Some(last), Some(rows)) => {
            format!("{last}, made {}, {}", made.unwrap_or_default(), wording::rows(rows))
        }
        _ => "none yet".to_owned(),
    }
}

fn state(status: &Status) -> String {
    let word = match status.state {
        State::Ok => "ok",
        State::Due => "due",
        State::Missing => "missing",
        State::Failed => "failed",
        State::Old => "old",
    };
    status.why.as_ref().map_or_else(|| word.to_owned(), |why| format!("{word}: {why}"))
}

/// A line per schedule, and what is due for review.
pub(super) fn status(statuses: &[Status], review: &Result<Review, Failure>) -> String {
    let width = statuses.iter().map(|status| status.schedule.len()).max().unwrap_or(0);
    let lines = statuses
        .iter()
        .map(|status| format!("{:<width$}  {}; last {}\n", status.schedule, state(status), last(status)));
    let mut text: String = lines.collect();
    match review {
        Ok(Review { decisions: 0, .. }) => {}
        Ok(Review { decisions, earliest }) => {
            let decisions = wording::number_of(*decisions, ["decision", "decisions"]);
            let since = earliest.as_deref().unwrap_or_default();
            let _ = writeln!(
                text,
                "review  {decisions} to leave someone out past the day of review, the earliest {since}: table exclusion"
            );
        }
        Err(failure) => {
            let words: Vec<_> = failure.problems.iter().map(|problem| problem.message.as_str()).collect();
            let _ = writeln!(text, "review  not looked at: {}", words.join("; "));
        }
    }
    text
}
