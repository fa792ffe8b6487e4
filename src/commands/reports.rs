//! `harmrank reports`: what reports there are, and what is wrong with the user's.

use super::context::CommandContext;
use super::streams::{say, say_document, say_json};
use crate::cli::{ListForm, ReportForm, ReportsAction};
use crate::database::Access;
use crate::failure::{Failure, Kind};
use crate::report::{self, Days, Library, Origin};
use std::path::{Path, PathBuf};

pub(super) fn run(action: &ReportsAction, ctx: &CommandContext<'_>) -> Result<(), Failure> {
    let CommandContext { access, library, settings, context, .. } = *ctx;
    match action {
        ReportsAction::List { format: ListForm::Table } => say(&list(library)),
        ReportsAction::List { format: ListForm::Json } => say_json(&report::listing(library, access)?),
        ReportsAction::Show { name, form: ReportForm::File } => say_document(&library.find(name)?.text),
        ReportsAction::Show { name, form: ReportForm::Prepare } => {
            let report = library.find(name)?;
            // Of the database, where there is one: else the day before today will do.
            let data_date = access.look().and_then(|connection| crate::database::data_date(&connection));
            let today = context.today;
            let days = Days { today, data_date: data_date.unwrap_or(today) };
            say_document(&report::prepared(report, days))
        }
        ReportsAction::New { name } => {
            let folder = settings.reports.clone().unwrap_or_else(|| PathBuf::from("."));
            std::fs::create_dir_all(&folder)?;
            let path = report::start(name, &folder, library)?;
            let (shown, folder) = (path.display(), folder.display());
            say(&format!("wrote {shown}; try: harmrank report {name} --reports {folder}\n"))
        }
        ReportsAction::Validate { folder } => {
            let folder = folder.clone().or_else(|| settings.reports.clone());
            validate(folder.as_deref(), access)
        }
    }
}

pub(super) fn list(library: &Library) -> String {
    let names = library.reports.iter().map(|report| &report.name);
    let width =
        names.chain(library.broken.iter().map(|broken| &broken.name)).map(String::len).max().unwrap_or(0);
    let reports = library.reports.iter().map(|report| {
        let header = &report.header;
        let of_whom = if report.origin == Origin::BuiltIn { "" } else { " (yours)" };
        format!("{:<width$}  {}: {}{of_whom}\n", report.name, header.title, header.summary)
    });
    let broken = library
        .broken
        .iter()
        .map(|broken| format!("{:<width$}  (broken: see `harmrank reports validate`)\n", broken.name));
    reports.chain(broken).collect()
}

/// Prepares every report against an empty database and tells every problem at once.
fn validate(folder: Option<&Path>, access: &Access) -> Result<(), Failure> {
    let library = Library::open(folder)?;
    let empty = report::empty_schema(access)?;
    let broken = report::all_problems(&library.broken, Kind::Check);
    let mut problems = broken.map(|failure| failure.problems).unwrap_or_default();
    for report in &library.reports {
        problems.extend(report::columns(report, &empty)?.err().unwrap_or_default());
    }
    if !problems.is_empty() {
        return Err(Failure::of(Kind::Check, problems));
    }
    let yours = library.reports.iter().filter(|report| report.origin != Origin::BuiltIn).count();
    say(&format!("{} reports are sound, {yours} of them yours\n", library.reports.len()))
}
