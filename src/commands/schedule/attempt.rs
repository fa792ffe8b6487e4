//! One period's list: in the ledger before it is made, disclosed before it is there, and told of either way.

use super::messages::{self, Due};
use crate::cancellation;
use crate::cli::Purpose;
use crate::commands::context::CommandContext;
use crate::commands::kept_runs::rerun_context;
use crate::commands::logged;
use crate::commands::output::{elsewhere, renderer};
use crate::commands::streams::say;
use crate::database::data_date;
use crate::failure::{Failure, Kind};
use crate::ledger::{Begun, Entry, Kind as Act, Ledger};
use crate::render::Options;
use crate::report::{Ready, Report, Rows};
use crate::runs::logged_parameters;
use crate::schedule::{self, Edition, Failed, Job, Period, Schedule, ScheduleFolder};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const VERB: &str = "schedule run";

/// Makes the list of a period, or notes why not; then runs the schedule's command.
pub(super) fn attempt(
    schedule: &Schedule,
    report: &Report,
    period: Period,
    shelf: &ScheduleFolder,
    ctx: &CommandContext<'_>,
) -> Result<(), Failure> {
    let purpose = Purpose { reason: schedule.reason.clone(), recipient: None };
    let entry = |ledger: &Ledger| entry(schedule, report, &period, ledger);
    let made =
        logged::log_read(entry, &purpose, ctx, |begun| publish(schedule, report, period, shelf, begun, ctx));
    match made {
        Ok((folder, edition)) => {
            say(&messages::made(&edition, &folder))?;
            call(schedule, &schedule.on_success, period, &folder, "done")
        }
        Err(failure) => Err(failed(failure, schedule, period, shelf, ctx)),
    }
}

/// What is due, held against the data there are.
pub(super) fn outputs(
    schedule: &Schedule,
    periods: Vec<Period>,
    ctx: &CommandContext<'_>,
) -> Result<Vec<Due>, Failure> {
    let is_in_data = schedule.for_each.as_ref().is_some_and(|for_each| for_each.values.is_none());
    if (!is_in_data && schedule.fresh.is_none()) || periods.is_empty() {
        let due = |period| Due { period, outputs: Vec::new(), why_not: None };
        return Ok(periods.into_iter().map(due).collect());
    }
    let report = ctx.library.find(&schedule.report)?;
    let entry = |_: &Ledger| {
        let entry = Entry::new(VERB, Act::Consultation).what(report.name.clone());
        entry.with("schedule", schedule.name.clone()).with("dry_run", true)
    };
    let purpose = Purpose { reason: schedule.reason.clone(), recipient: None };
    logged::log_read(entry, &purpose, ctx, |_| {
        let connection = ctx.access.read()?;
        let day = data_date(&connection)?;
        let due = |period: Period| {
            let why_not = schedule::too_old(schedule, &period, day);
            let outputs = if is_in_data && why_not.is_none() {
                schedule::outputs(schedule, report, &period, &connection)?
            } else {
                Vec::new()
            };
            Ok(Due { period, outputs, why_not })
        };
        periods.into_iter().map(due).collect()
    })
}

fn entry(schedule: &Schedule, report: &Report, period: &Period, ledger: &Ledger) -> Entry {
    let values = schedule.for_each.as_ref().and_then(|for_each| for_each.values.clone()).unwrap_or_default();
    let given = |value| logged_parameters::given(report, &schedule.given(report, period, value), ledger);
    let (mut parameters, mut asked_about) = given(values.first().map(String::as_str));
    // All the values there is an output of, as each would be written alone.
    if let Some(for_each) = schedule.for_each.as_ref().filter(|_| !values.is_empty()) {
        let mut all = Vec::new();
        for value in &values {
            let (mut parameters, asked) = given(Some(value));
            all.extend(parameters.remove(&for_each.parameter));
            asked_about.extend(asked);
        }
        parameters.insert(for_each.parameter.clone(), all.into());
    }
    let entry = Entry::new(VERB, Act::Consultation).what(report.name.clone());
    let entry = Entry { parameters, asked_about, tables: logged::tables_of(report), ..entry };
    entry.with("schedule", schedule.name.clone()).with("period", period.to_string())
}

fn publish(
    schedule: &Schedule,
    report: &Report,
    period: Period,
    shelf: &ScheduleFolder,
    begun: &Begun,
    ctx: &CommandContext<'_>,
) -> Result<(PathBuf, Edition), Failure> {
    let context = elsewhere(ctx.context);
    let mut render = |options: Options, ready: &Ready<'_>, rows: Rows<'_>, out: &mut (dyn Write + Send)| {
        renderer(options, context.clone(), None)(ready, rows, out)
    };
    let rerun = rerun_context(ctx);
    let fill = rerun.fill(None);
    let (access, context) = (ctx.access, ctx.context);
    let job = Job { schedule, report, period, shelf, access, context, begun, fill: &fill };
    let (draft, edition) = schedule::make(&job, &mut render)?;
    let rows: usize = edition.parts.iter().map(|part| part.rows).sum();
    // Before it is there: one too many is no harm, one too few is.
    for recipient in &schedule.recipients {
        let entry = Entry::new(VERB, Act::Disclosure).what(report.name.clone());
        let entry = entry.with("schedule", schedule.name.clone()).with("period", period.to_string());
        let entry = entry.with("rows", rows).for_whom(schedule.reason.as_ref(), Some(recipient));
        begun.ledger().note(&entry)?;
    }
    let folder = shelf.publish(draft, &period)?;
    Ok((folder, edition))
}

/// Notes that there is no list, and why; the command runs when that is news.
fn failed(
    failure: Failure,
    schedule: &Schedule,
    period: Period,
    shelf: &ScheduleFolder,
    ctx: &CommandContext<'_>,
) -> Failure {
    let mut failure = failure;
    if failure.kind == Kind::Interrupted || cancellation::is_cancelled() {
        return failure;
    }
    let outcome = match failure.kind {
        Kind::Check => "stale",
        Kind::Busy => "busy",
        Kind::Timeout => "timeout",
        Kind::Usage => "wrong use",
        Kind::Failed | Kind::Interrupted => "failed",
    };
    let note = Failed {
        period: period.to_string(),
        at: ctx.context.moment.to_string(),
        outcome: outcome.to_owned(),
        problems: failure.problems.clone(),
    };
    // Where it cannot be noted, it is told all the same, each time.
    let is_new = shelf.note_failure(&note).unwrap_or_else(|other| {
        failure.problems.extend(other.problems);
        true
    });
    if is_new && let Err(other) = call(schedule, &schedule.on_failure, period, &shelf.path, outcome) {
        failure.problems.extend(other.problems);
    }
    for problem in &mut failure.problems {
        problem.message = format!("{period}: {}", problem.message);
    }
    failure
}

/// Runs a command of the schedule, without a shell; what it prints goes to standard error.
fn call(
    schedule: &Schedule,
    words: &[String],
    period: Period,
    folder: &Path,
    outcome: &str,
) -> Result<(), Failure> {
    let Some((program, arguments)) = words.split_first() else { return Ok(()) };
    let wrong = |message: String| {
        Failure::failed(format!("{period} is {outcome}, but its command {message}")).at(program.clone())
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("HARMRANK_SCHEDULE", &schedule.name)
        .env("HARMRANK_PERIOD", period.to_string())
        .env("HARMRANK_FOLDER", folder.canonicalize().unwrap_or_else(|_| folder.to_owned()))
        .env("HARMRANK_OUTCOME", outcome)
        .stdin(Stdio::null())
        .stdout(Stdio::from(std::io::stderr()));
    let status = command.status().map_err(|error| wrong(format!("could not be run: {error}")))?;
    if status.success() { Ok(()) } else { Err(wrong(format!("failed: {status}"))) }
}

/// Removes what is past its time, each in the ledger before it goes.
pub(super) fn retire(
    schedule: &Schedule,
    shelf: &ScheduleFolder,
    ctx: &CommandContext<'_>,
) -> Result<(), Failure> {
    let Some(keep) = &schedule.keep else { return Ok(()) };
    let today = schedule::day_of(ctx.context.moment)?;
    for kept in shelf.past(keep, today)? {
        let entry = Entry::new(VERB, Act::Erasure).what(schedule.report.clone());
        let entry = entry.with("schedule", schedule.name.clone()).with("period", kept.period.to_string());
        logged::log_creation(&entry.with("keep", keep.to_string()), ctx)?;
        shelf.remove(&kept)?;
        say(&format!("{} {}: removed, kept for {keep}\n", schedule.name, kept.period))?;
    }
    shelf.remove_past_failures(keep, today)
}
