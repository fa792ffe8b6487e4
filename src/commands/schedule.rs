//! `harmrank schedule`: what is due, made once; whether it is all there.

mod attempt;
mod told;

use super::report::archive_in;
use super::{Surroundings, say, say_as, tell};
use crate::cancellation;
use crate::cli::{ListForm, ScheduleAction, ScheduleRun, UnitForm};
use crate::failure::{Failure, Kind};
use crate::interrupt;
use crate::ledger::{Entry, Head, Kind as Act, Ledger, end_all};
use crate::paths::folder_of;
use crate::runs::Manifest;
use crate::runs::archive::{self, Record};
use crate::runs::kept_lists::Named;
use crate::schedule::{self, Kept, Lock, Period, Schedule, Shelf, Span, State, units};
use crate::suggest::did_you_mean;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub(super) fn run(
    action: &ScheduleAction,
    file: Option<&Path>,
    with: &Surroundings<'_>,
) -> Result<(), Failure> {
    let file = file_of(file, with);
    let schedules = open(&file, with)?;
    match action {
        ScheduleAction::Validate => {
            let words = if schedules.len() == 1 { "schedule is" } else { "schedules are" };
            say(&format!("{} {words} sound\n", schedules.len()))
        }
        ScheduleAction::List { format } => {
            let standings = statuses(&schedules.iter().collect::<Vec<_>>(), None, with)?;
            say_as(*format, &standings, &told::list(&schedules, &standings))
        }
        ScheduleAction::Run(arguments) => make(arguments, &schedules, with),
        ScheduleAction::Status { name, fresh, format } => {
            let chosen = chosen(name.as_deref(), &schedules)?;
            status(&chosen, fresh.as_ref(), *format, with)
        }
        ScheduleAction::Units(form) => write_units(form, &schedules, &file, with),
    }
}

/// The lines of the ledger that lists name.
pub(super) fn noted(with: &Surroundings<'_>) -> Result<Vec<(String, Head)>, Failure> {
    let noted = editions(with)?
        .into_iter()
        .map(|kept| (format!("{} {}", kept.edition.schedule, kept.edition.period), kept.edition.ledger));
    Ok(noted.collect())
}

/// The kept lists there are: archived runs, and those of schedules.
pub(super) fn lists(with: &Surroundings<'_>) -> Result<Vec<Named>, Failure> {
    let mut lists = Vec::new();
    for record in archive::list(&archive_in(None, with.settings, with.access))? {
        lists.push(Named { name: record.manifest.id.clone(), record });
    }
    for kept in editions(with)? {
        for part in &kept.edition.parts {
            let folder = kept.folder.join(&part.folder);
            let name: PathBuf = [&kept.edition.schedule, &kept.edition.period, &part.folder].iter().collect();
            let record = Record { manifest: Manifest::read(&folder.join(archive::MANIFEST))?, folder };
            lists.push(Named { name: name.display().to_string().trim_end_matches('/').to_owned(), record });
        }
    }
    Ok(lists)
}

/// Every edition there is of every schedule.
fn editions(with: &Surroundings<'_>) -> Result<Vec<Kept>, Failure> {
    let mut found = Vec::new();
    for folder in shelves(with)? {
        found.extend(Shelf { folder }.editions()?);
    }
    Ok(found)
}

/// Folders of lists: where schedules put theirs, as far as the file of schedules can be read; those of schedules that are
/// no more too.
pub(super) fn shelves(with: &Surroundings<'_>) -> Result<Vec<PathBuf>, Failure> {
    let file = file_of(None, with);
    let schedules = if file.is_file() { schedule::read(&file)?.0 } else { Vec::new() };
    let mut places: BTreeSet<_> = schedules.into_iter().map(|schedule| schedule.folder).collect();
    places.insert(folder_of(&file).join(schedule::FOLDER));
    let mut folders = Vec::new();
    for place in places.into_iter().filter(|place| place.is_dir()) {
        for entry in std::fs::read_dir(place)? {
            let shelf = Shelf { folder: entry?.path() };
            if shelf.folder.is_dir() && shelf.is_used()? {
                folders.push(shelf.folder);
            }
        }
    }
    folders.sort();
    Ok(folders)
}

/// The file as said, as set, else beside the database.
fn file_of(said: Option<&Path>, with: &Surroundings<'_>) -> PathBuf {
    let set = said.map(Path::to_owned).or_else(|| with.settings.schedule.file.clone());
    set.unwrap_or_else(|| folder_of(&with.access.path).join(schedule::FILE))
}

/// The schedules of a file, every one sound.
fn open(file: &Path, with: &Surroundings<'_>) -> Result<Vec<Schedule>, Failure> {
    let (schedules, mut problems) = schedule::read(file)?;
    problems.extend(schedule::problems(&schedules, with.library, with.settings.ledger.reason));
    if problems.is_empty() { Ok(schedules) } else { Err(schedule::failure(problems)) }
}

fn statuses(
    schedules: &[&Schedule],
    fresh: Option<&Span>,
    with: &Surroundings<'_>,
) -> Result<Vec<schedule::Status>, Failure> {
    schedules.iter().map(|schedule| schedule::status(schedule, with.context.moment, fresh)).collect()
}

/// Makes what is due. One schedule that fails keeps no other from being made.
fn make(arguments: &ScheduleRun, schedules: &[Schedule], with: &Surroundings<'_>) -> Result<(), Failure> {
    let chosen = chosen(arguments.name.as_deref(), schedules)?;
    let as_json = with.as_json;
    interrupt::enforce_deadline(None, move |failure| {
        end_all(failure);
        let _ = tell(failure, as_json);
        std::process::exit(i32::from(failure.kind.exit_code()));
    });
    let mut failures = Vec::new();
    for schedule in chosen {
        interrupt::check()?;
        failures.extend(one(schedule, arguments, with));
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
fn one(schedule: &Schedule, arguments: &ScheduleRun, with: &Surroundings<'_>) -> Vec<Failure> {
    let mut failures = Vec::new();
    if let Err(failure) = under_lock(schedule, arguments, with, &mut failures) {
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
    with: &Surroundings<'_>,
    failures: &mut Vec<Failure>,
) -> Result<(), Failure> {
    let shelf = Shelf { folder: schedule.shelf() };
    let now = with.context.moment;
    if arguments.dry_run {
        let periods = periods(schedule, arguments, &shelf, with)?;
        return say(&told::dry(schedule, &attempt::outputs(schedule, periods, with)?, &shelf, now)?);
    }
    let _lock = Lock::take(&shelf.folder, with.access.wait)?;
    let report = with.library.find(&schedule.report)?;
    shelf.tidy(&report.header.title)?;
    // Under the lock: whoever held it may have made what was due.
    for period in periods(schedule, arguments, &shelf, with)? {
        if let Err(failure) = attempt::attempt(schedule, report, period, &shelf, with) {
            let is_over = failure.kind == Kind::Interrupted || cancellation::is_cancelled();
            failures.push(failure);
            if is_over {
                return Ok(());
            }
        }
        shelf.tidy(&report.header.title)?;
    }
    attempt::retire(schedule, &shelf, with)?;
    shelf.tidy(&report.header.title)
}

/// The periods to be made: the one asked for, unless it is there, or all that are due.
fn periods(
    schedule: &Schedule,
    arguments: &ScheduleRun,
    shelf: &Shelf,
    with: &Surroundings<'_>,
) -> Result<Vec<Period>, Failure> {
    let Some(text) = &arguments.period else {
        return schedule::due(schedule, shelf, with.context.moment);
    };
    let today = schedule::day_of(with.context.moment)?;
    let example = schedule.cadence.newest_due(with.context.moment)?;
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
            .at_path(&shelf.folder.join(text))
            .hint("--again makes it again, in its place"));
    }
    Ok(vec![period])
}

/// Exit 5 where a list is not there; decisions past their review are told of, and no failure.
fn status(
    schedules: &[&Schedule],
    fresh: Option<&Span>,
    format: ListForm,
    with: &Surroundings<'_>,
) -> Result<(), Failure> {
    let statuses = statuses(schedules, fresh, with)?;
    let entry = |_: &Ledger| {
        let entry = Entry::new("schedule status", Act::Consultation);
        Entry { tables: vec!["exclusion".to_owned()], ..entry }
    };
    let purpose =
        crate::cli::Purpose { reason: Some("decisions due for review".to_owned()), recipient: None };
    let review = super::logged::consulted(entry, &purpose, with, |_| {
        schedule::review(with.access, with.context.moment)
    });
    let value = told::Standing::of(&statuses, &review);
    say_as(format, &value, &told::status(&statuses, &review))?;
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
    with: &Surroundings<'_>,
) -> Result<(), Failure> {
    let places = places(schedules, file, with)?;
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
    std::fs::create_dir_all(folder)?;
    for (name, text) in &texts {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(|error| Failure::io(&error, &path))?;
    }
    let names: Vec<_> = texts.iter().map(|(name, _)| *name).collect();
    say(&format!(
        "wrote {} to {}; look through them, then: systemctl enable --now harmrank-schedule.timer\n",
        names.join(", "),
        folder.display()
    ))
}

/// Where things are. The folders a run writes to are made: a unit cannot open what is not there.
fn places(schedules: &[Schedule], file: &Path, with: &Surroundings<'_>) -> Result<units::Places, Failure> {
    let absolute = |path: &Path| path.canonicalize().map_err(|error| Failure::io(&error, path));
    let mut written = BTreeSet::new();
    for schedule in schedules {
        std::fs::create_dir_all(&schedule.folder)?;
        written.insert(absolute(&schedule.folder)?);
    }
    let ledger = crate::ledger::folder(&with.access.path, &with.settings.ledger)?;
    written.insert(absolute(&ledger)?);
    Ok(units::Places {
        program: std::env::current_exe()?,
        database: absolute(&with.access.path)?,
        file: absolute(file)?,
        reports: with.settings.reports.as_deref().map(absolute).transpose()?,
        written,
    })
}
