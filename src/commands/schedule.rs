//! `harmrank schedule`: what is due, made once; whether it is all there.

mod attempt;
mod messages;

use super::context::CommandContext;
use super::kept_runs::schedule_file;
use super::logged;
use super::streams::{end_when_cancelled, say, say_as};
use crate::atomic_file;
use crate::cancellation;
use crate::cli::{ListForm, Purpose, ScheduleAction, ScheduleRun, UnitForm};
use crate::failure::{Failure, Kind};
use crate::interrupt;
use crate::ledger::{Entry, Kind as Act, Ledger};
use crate::schedule::{self, Lock, Period, Schedule, ScheduleFolder, Span, State, units};
use crate::suggest::did_you_mean;
use crate::write_gate;
use std::collections::BTreeSet;
use std::path::Path;

pub(super) fn run(
    action: &ScheduleAction,
    file: Option<&Path>,
    ctx: &CommandContext<'_>,
) -> Result<(), Failure> {
    let file = schedule_file(file, ctx);
    let schedules = open(&file, ctx)?;
    match action {
        ScheduleAction::Validate => {
            let words = if schedules.len() == 1 { "schedule is" } else { "schedules are" };
            say(&format!("{} {words} sound\n", schedules.len()))
        }
        ScheduleAction::List { format } => {
            let standings = statuses(&schedules.iter().collect::<Vec<_>>(), None, ctx)?;
            say_as(*format, &standings, &messages::list(&schedules, &standings))
        }
        ScheduleAction::Run(arguments) => make(arguments, &schedules, ctx),
        ScheduleAction::Status { name, fresh, format } => {
            let chosen = chosen(name.as_deref(), &schedules)?;
            status(&chosen, fresh.as_ref(), *format, ctx)
        }
        ScheduleAction::Units(form) => write_units(form, &schedules, &file, ctx),
    }
}

/// The schedules of a file, every one sound.
fn open(file: &Path, ctx: &CommandContext<'_>) -> Result<Vec<Schedule>, Failure> {
    let (schedules, mut problems) = schedule::read(file)?;
    problems.extend(schedule::problems(&schedules, ctx.library, ctx.settings.ledger.reason));
    if problems.is_empty() { Ok(schedules) } else { Err(schedule::failure(problems)) }
}

fn statuses(
    schedules: &[&Schedule],
    fresh: Option<&Span>,
    ctx: &CommandContext<'_>,
) -> Result<Vec<schedule::Status>, Failure> {
    schedules.iter().map(|schedule| schedule::status(schedule, ctx.context.moment, fresh)).collect()
}

/// Makes what is due. One schedule that fails keeps no other from being made.
fn make(arguments: &ScheduleRun, schedules: &[Schedule], ctx: &CommandContext<'_>) -> Result<(), Failure> {
    let chosen = chosen(arguments.name.as_deref(), schedules)?;
    end_when_cancelled(None, ctx.as_json);
    let mut failures = Vec::new();
    for schedule in chosen {
        interrupt::check()?;
        failures.extend(one(schedule, arguments, ctx));
        if failures.iter().any(|failure: &Failure| failure.kind == Kind::Interrupted) {
            break;
        }
    }
    combined(failures)
}

fn chosen<'a>(name: Option<&str>, schedules: &'a [Schedule]) -> Result<Vec<&'a Schedule>, Failure> {
    let Some(name) = name else { return Ok(schedules.iter().collect()) };
    schedules.iter().find(|schedule| schedule.name == name).map(|schedule| vec![schedule]).ok_or_else(|| {
        let names: Vec<_> = schedules.iter().map(|schedule| schedule.name.clone()).collect();
        let guess = did_you_mean(name, &names);
        Failure::usage(format!("no schedule {name:?}")).hint(format!("{guess}there are {}", names.join(", ")))
    })
}

/// One failure of several: of their kind where they are of one.
fn combined(failures: Vec<Failure>) -> Result<(), Failure> {
    let Some(first) = failures.first() else { return Ok(()) };
    let is_one_kind = failures.iter().all(|failure| failure.kind == first.kind);
    let kind = if is_one_kind { first.kind } else { Kind::Failed };
    Err(Failure::of(kind, failures.into_iter().flat_map(|failure| failure.problems).collect()))
}

/// Makes what is due of one schedule, under its lock, and returns what went wrong.
fn one(schedule: &Schedule, arguments: &ScheduleRun, ctx: &CommandContext<'_>) -> Vec<Failure> {
    let mut failures = Vec::new();
    if let Err(failure) = under_lock(schedule, arguments, ctx, &mut failures) {
        failures.push(failure);
    }
    for problem in failures.iter_mut().flat_map(|failure| &mut failure.problems) {
        problem.message = format!("{}: {}", schedule.name, problem.message);
    }
    failures
}

fn under_lock(
    schedule: &Schedule,
    arguments: &ScheduleRun,
    ctx: &CommandContext<'_>,
    failures: &mut Vec<Failure>,
) -> Result<(), Failure> {
    let shelf = ScheduleFolder { path: schedule.shelf() };
    let now = ctx.context.moment;
    if arguments.dry_run {
        let periods = periods(schedule, arguments, &shelf, ctx)?;
        return say(&messages::dry(schedule, &attempt::outputs(schedule, periods, ctx)?, &shelf, now)?);
    }
    let _lock = Lock::take(&shelf.path, ctx.access.wait)?;
    let report = ctx.library.find(&schedule.report)?;
    shelf.tidy(&report.header.title)?;
    // Under the lock: whoever held it may have made what was due.
    for period in periods(schedule, arguments, &shelf, ctx)? {
        if let Err(failure) = attempt::attempt(schedule, report, period, &shelf, ctx) {
            let is_over = failure.kind == Kind::Interrupted || cancellation::is_cancelled();
            failures.push(failure);
            if is_over {
                return Ok(());
            }
        }
        shelf.tidy(&report.header.title)?;
    }
    attempt::retire(schedule, &shelf, ctx)?;
    shelf.tidy(&report.header.title)
}

/// The periods to be made: the one asked for, unless it is there, or all that are due.
fn periods(
    schedule: &Schedule,
    arguments: &ScheduleRun,
    shelf: &ScheduleFolder,
    ctx: &CommandContext<'_>,
) -> Result<Vec<Period>, Failure> {
    let Some(text) = &arguments.period else {
        return schedule::due(schedule, shelf, ctx.context.moment);
    };
    let today = schedule::day_of(ctx.context.moment)?;
    let example = schedule.cadence.newest_due(ctx.context.moment)?;
    let wrong = |message: String| {
        Failure::usage(message).at("--period").hint(format!("the newest that is due is {example}"))
    };
    let period = Period::read(text).filter(|period| period.length == schedule.cadence.length());
    let period = period.ok_or_else(|| wrong(format!("{text:?} is no period of this schedule")))?;
    if period.to >= today {
        return Err(wrong(format!("{period} has not ended yet")));
    }
    if let Some(keep) = schedule.keep.as_ref().filter(|keep| schedule::is_past(&period, keep, today)) {
        return Err(wrong(format!("{period} is past its time: lists are kept for {keep}")));
    }
    let is_done = shelf.editions()?.iter().any(|kept| kept.period == period);
    if is_done && !arguments.again {
        return Err(Failure::usage(format!("the list of {period} is there already"))
            .at_path(&shelf.path.join(text))
            .hint("--again makes it again, in its place"));
    }
    Ok(vec![period])
}

/// Exit 5 where a list is not there; decisions past their review are told of, and no failure.
fn status(
    schedules: &[&Schedule],
    fresh: Option<&Span>,
    format: ListForm,
    ctx: &CommandContext<'_>,
) -> Result<(), Failure> {
    let statuses = statuses(schedules, fresh, ctx)?;
    let entry = |_: &Ledger| {
        let entry = Entry::new("schedule status", Act::Consultation);
        Entry { tables: vec!["exclusion".to_owned()], ..entry }
    };
    let purpose = Purpose { reason: Some("decisions due for review".to_owned()), recipient: None };
    let review = logged::log_read(entry, &purpose, ctx, |_| schedule::review(ctx.access, ctx.context.moment));
    let value = messages::Standing::of(&statuses, &review);
    say_as(format, &value, &messages::status(&statuses, &review))?;
    let bad: Vec<_> = statuses.iter().filter(|status| !status.state.is_good()).collect();
    let failures = bad.iter().map(|status| {
        let why = status.why.clone().unwrap_or_default();
        let hint = match status.state {
            State::Failed => "it is tried again with each run: harmrank schedule run",
            _ => "is the clock running? harmrank schedule units; or make it now: harmrank schedule run",
        };
        Failure::new(Kind::Check, format!("{}: {why}", status.schedule)).hint(hint)
    });
    combined(failures.collect())
}

fn write_units(
    form: &UnitForm,
    schedules: &[Schedule],
    file: &Path,
    ctx: &CommandContext<'_>,
) -> Result<(), Failure> {
    let places = places(schedules, file, ctx)?;
    if form.cron {
        return say(&units::cron(&places));
    }
    if form.windows {
        return say(&units::windows(&places));
    }
    let texts = units::systemd(schedules, &places);
    let Some(folder) = &form.systemd else {
        let shown = texts.iter().map(|(name, text)| format!("# {name}\n{text}\n"));
        return say(&shown.collect::<String>());
    };
    let paths = texts.iter().map(|(name, _)| folder.join(name));
    write_gate::check_folder(folder)?;
    paths.clone().try_for_each(|path| write_gate::check_file(&path))?;
    std::fs::create_dir_all(folder)?;
    for (path, (_, text)) in paths.zip(&texts) {
        atomic_file::overwrite(&path, text.as_bytes()).map_err(|error| Failure::io(&error, &path))?;
    }
    let names: Vec<_> = texts.iter().map(|(name, _)| *name).collect();
    say(&format!(
        "wrote {} to {}; look through them, then: systemctl enable --now harmrank-schedule.timer\n",
        names.join(", "),
        folder.display()
    ))
}

/// Where things are. The folders a run writes to are made: a unit cannot open what is not there.
fn places(schedules: &[Schedule], file: &Path, ctx: &CommandContext<'_>) -> Result<units::Places, Failure> {
    let absolute = |path: &Path| path.canonicalize().map_err(|error| Failure::io(&error, path));
    let mut written = BTreeSet::new();
    for schedule in schedules {
        std::fs::create_dir_all(&schedule.folder)?;
        written.insert(absolute(&schedule.folder)?);
    }
    let ledger = crate::ledger::folder(&ctx.access.path, &ctx.settings.ledger)?;
    written.insert(absolute(&ledger)?);
    Ok(units::Places {
        program: std::env::current_exe()?,
        database: absolute(&ctx.access.path)?,
        file: absolute(file)?,
        reports: ctx.settings.reports.as_deref().map(absolute).transpose()?,
        written,
    })
}
