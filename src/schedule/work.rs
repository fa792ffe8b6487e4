//! The lists of one period, made in a draft.

use super::edition::{EDITION, Edition, EditionOutput, PublishedEdition};
use super::entry::Schedule;
use super::folder::ScheduleFolder;
use super::movement::{self, Before};
use super::period::Period;
use super::values::{Output, outputs};
use crate::context::Context;
use crate::database::Access;
use crate::failure::{Failure, Kind};
use crate::interrupt;
use crate::ledger::Begun;
use crate::render::{Format, Options};
use crate::report::{self, Fill, Manner, Report};
use crate::runs::input::is_list_of_people;
use crate::runs::logged_parameters::resolved;
use crate::runs::write::{self, RenderIn, Run};
use crate::runs::{Data, Manifest};
use duckdb::{AccessMode, Connection};
use jiff::civil::Date;
use serde_json::Value as Json;
use std::path::Path;
use tempfile::TempDir;

/// The list of a schedule for a period, to be made.
pub(crate) struct Job<'a> {
    pub(crate) schedule: &'a Schedule,
    pub(crate) report: &'a Report,
    pub(crate) period: Period,
    /// Where it will stand.
    pub(crate) shelf: &'a ScheduleFolder,
    pub(crate) access: &'a Access,
    /// The moment it is.
    pub(crate) context: &'a Context,
    /// The entry of the ledger it was begun with.
    pub(crate) begun: &'a Begun,
    /// Fills the input of a report that has any.
    pub(crate) fill: Fill<'a>,
}

/// Makes the lists of a period in a draft: complete, but for the name of its folder.
pub(crate) fn make(job: &Job<'_>, render: RenderIn<'_>) -> Result<(TempDir, Edition), Failure> {
    let Job { schedule, report, period, begun, .. } = *job;
    let editions = job.shelf.editions()?;
    let before = editions.iter().rev().find(|kept| kept.period < period);
    let (outputs, data_date) = look(job)?;
    let draft = job.shelf.draft()?;
    let mut parts = Vec::new();
    let mut data: Option<Data> = None;
    let mut rows = 0;
    for output in &outputs {
        interrupt::check()?;
        let (part, manifest) = part(job, draft.path(), output, before, render)?;
        if data.as_ref().is_some_and(|data| *data != manifest.data) {
            return Err(Failure::new(Kind::Busy, "data were loaded between two of its outputs")
                .hint("it is made again with the next run"));
        }
        if data.is_none() {
            begun.set_parameters(parameters(job, &manifest, &outputs));
        }
        data = Some(manifest.data);
        rows += part.rows;
        parts.push(part);
    }
    begun.set_rows(rows as u64);
    begun.learn("runs", parts.iter().map(|part| Json::from(part.run.clone())).collect::<Vec<_>>());
    let is_compared = parts.iter().filter_map(|part| part.movement).any(|movement| !movement.is_first);
    let edition = Edition {
        schedule: schedule.name.clone(),
        period: period.to_string(),
        from: period.from.to_string(),
        to: period.to.to_string(),
        due_at: schedule.cadence.due_at(&period)?.to_string(),
        made_at: job.context.moment.to_string(),
        report: report.name.clone(),
        title: report.header.title.clone(),
        data_date,
        since: before.filter(|_| is_compared).map(|kept| kept.period.to_string()),
        gone: before.map(|kept| gone(kept, &parts)).unwrap_or_default(),
        parts,
        recipients: schedule.recipients.clone(),
        ledger: begun.head().clone(),
    };
    std::fs::write(draft.path().join(EDITION), crate::wording::json_text(&edition)?)
        .map_err(|error| Failure::io(&error, &job.shelf.path))?;
    Ok((draft, edition))
}

/// The outputs to be made, and the day the data speak of.
fn look(job: &Job<'_>) -> Result<(Vec<Output>, String), Failure> {
    let connection = open(job)?;
    let day = crate::database::data_date(&connection)?;
    if let Some(why) = too_old(job.schedule, &job.period, day) {
        return Err(Failure::new(Kind::Check, format!("{why}: not published"))
            .hint("load a newer extract; the list is made with the next run, or raise `fresh`"));
    }
    Ok((outputs(job.schedule, job.report, &job.period, &connection)?, day.to_string()))
}

/// Why data of a day are too old for the list of a period; nothing where they are not.
pub(crate) fn too_old(schedule: &Schedule, period: &Period, day: Date) -> Option<String> {
    let fresh = schedule.fresh.as_ref()?;
    (day < fresh.before(period.to)).then(|| {
        format!("the data are of {day}, more than {fresh} before {}, the last day of {period}", period.to)
    })
}

/// A connection for one output: a report of the user's shuts its engine for good, so none serves two. No two are open
/// at once: the lock of a file goes with the first that closes it.
fn open(job: &Job<'_>) -> Result<Connection, Failure> {
    let connection = job.access.read_unverified()?;
    interrupt::watch(&connection);
    Ok(connection)
}

/// Values that had an output before and have none now. What was taken out of it has no name any more.
fn gone(before: &PublishedEdition, parts: &[EditionOutput]) -> Vec<String> {
    let is_there = |value: &String| parts.iter().any(|part| part.value.as_ref() == Some(value));
    let values = before.edition.parts.iter().filter(|part| part.folder != part.run);
    values.filter_map(|part| part.value.clone()).filter(|value| !is_there(value)).collect()
}

fn part(
    job: &Job<'_>,
    draft: &Path,
    output: &Output,
    before: Option<&PublishedEdition>,
    render: RenderIn<'_>,
) -> Result<(EditionOutput, Manifest), Failure> {
    let Job { schedule, report, period, .. } = *job;
    let value = output.value.as_deref();
    let folder = if value.is_none() { draft.to_owned() } else { draft.join(&output.folder) };
    if value.is_some() {
        std::fs::create_dir(&folder).map_err(|error| Failure::io(&error, &job.shelf.path))?;
    }
    let connection = open(job)?;
    let manner = Manner {
        evidence_folder: Some(&folder),
        fill: Some(job.fill),
        has_charts: schedule.formats.iter().any(|format| format.has_charts()),
        ..Manner::default()
    };
    let given = schedule.given(report, &period, value);
    let ready = report::prepare(report, &given, period.to, job.access, &connection, manner)?;
    let formats: Vec<_> = schedule.formats.iter().map(|format| Options::new(*format)).collect();
    let (first, further) =
        formats.split_first().ok_or_else(|| Failure::failed("the schedule has no format"))?;
    let ledger = Some(job.begun.head().clone());
    let run = Run { ready: &ready, connection: &connection, options: *first, is_deep: false, ledger };
    let manifest = write::fill_folder(&folder, &job.shelf.path, &run, further, render)?;
    let mut files: Vec<_> =
        schedule.formats.iter().map(|format| format!("{}.{}", report.name, format.ending())).collect();
    // Not the database's own engine, which may be shut to files.
    let engine = Connection::open_in_memory_with_flags(job.access.config(&AccessMode::Automatic)?)?;
    let movement = if is_list_of_people(&folder, &engine)? {
        let of_before = before.and_then(|kept| {
            let part = kept.edition.parts.iter().find(|part| part.value.as_deref() == value)?;
            part.movement?;
            let same = kept.edition.report == report.name;
            same.then_some(Before { edition: &kept.folder, part, period: kept.period })
        });
        files.extend([Format::Csv, Format::Html].map(movement::file_of));
        let database = (job.access, &connection);
        Some(movement::write(&folder, &manifest, of_before.as_ref(), &period, database, render)?)
    } else {
        None
    };
    let part = EditionOutput {
        value: value.map(ToOwned::to_owned),
        folder: output.folder.clone(),
        run: manifest.id.clone(),
        rows: manifest.rows,
        files,
        withdrawn: Vec::new(),
        amended_on: Vec::new(),
        movement,
    };
    Ok((part, manifest))
}

/// What the ledger says of the parameters: those of the first output, and all the values there is one of.
fn parameters(job: &Job<'_>, first: &Manifest, outputs: &[Output]) -> serde_json::Map<String, Json> {
    let mut parameters: serde_json::Map<_, _> =
        first.parameters().map(|(name, value)| (name.clone(), value.clone())).collect();
    if let Some(for_each) = &job.schedule.for_each {
        let all: Vec<_> = outputs.iter().map(|output| Json::from(output.value.clone())).collect();
        parameters.insert(for_each.parameter.clone(), Json::from(all));
    }
    let mut said = resolved(Some(job.report), &parameters, job.begun.ledger());
    said.insert("schedule".to_owned(), Json::from(job.schedule.name.clone()));
    said.insert("period".to_owned(), Json::from(job.period.to_string()));
    said
}
