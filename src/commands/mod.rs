//! From a command line to an exit code.

mod context;
mod data_subject;
mod database;
mod demo;
mod kept_runs;
mod ledger;
mod load;
mod logged;
mod manual;
mod output;
mod own_files;
mod progress;
mod report;
mod reports;
mod runs;
mod schedule;
mod shell;
mod sql;
mod streams;
mod who_saw;

use crate::cli::{self, Cli, EarlyArgs, ErrorForm, Invocation, Refusal, Verb};
use crate::context::Context;
use crate::database::Access;
use crate::failure::Failure;
use crate::paths::{behind_links, folder_of, is_protected_name};
use crate::report::Library;
use crate::settings::Settings;
use crate::{explore, interrupt, work_folder};
use context::CommandContext;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use streams::{report_failure, report_help};

/// The database where none is named.
const DEFAULT_FILE: &str = "harmrank.duckdb";

/// Runs the program on the process's own arguments.
#[must_use]
pub fn main() -> ExitCode {
    // Extracts, databases and lists are about people: for this user's eyes.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    // A core file would hold what was read. Where there can be no limit, that of the system stands.
    let no_core = rustix::process::Rlimit { current: Some(0), maximum: Some(0) };
    let _ = rustix::process::setrlimit(rustix::process::Resource::Core, no_core);
    let arguments: Vec<_> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|verb| verb == explore::HIDDEN_VERB) {
        return explore::serve();
    }
    if arguments.get(1).is_some_and(|verb| verb == "sql") {
        explore::start_early();
    }
    let early = EarlyArgs::read(&arguments);
    let (library, settings) = match library(&early) {
        Ok(found) => found,
        Err(failure) => return report_failure(&failure, early.wants_json),
    };
    let invocation = match cli::parse(&arguments, &early, &library) {
        Ok(invocation) => invocation,
        Err(Refusal::Help(error)) => return report_help(&error, early.wants_json),
        Err(Refusal::Failure(failure)) => return report_failure(&failure, early.wants_json),
    };
    let form = invocation.cli.common.errors;
    match dispatch(invocation, &library, &settings) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => report_failure(&failure, form == ErrorForm::Json),
    }
}

/// The reports there are, and what is set in the file beside the database.
fn library(early: &EarlyArgs) -> Result<(Library, Settings), Failure> {
    let database = early.database.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_FILE));
    let mut settings = Settings::beside(&behind_links(&database))?;
    settings.reports = early.reports.clone().or(settings.reports);
    // The first report of the user's own begins the folder.
    let folder = settings.reports.as_deref().filter(|folder| !early.is_new_report || folder.exists());
    Ok((Library::open(folder)?, settings))
}

fn dispatch(invocation: Invocation, library: &Library, settings: &Settings) -> Result<(), Failure> {
    interrupt::install_handler();
    let context = Context::of_process()?;
    let Invocation { cli, report } = invocation;
    let access = access(&cli);
    let as_json = cli.common.errors == ErrorForm::Json;
    let ctx = &CommandContext { access: &access, library, settings, context: &context, as_json };
    own_files::register(ctx);
    if !matches!(cli.verb, Verb::Help { .. } | Verb::Man { .. } | Verb::Completions { .. }) {
        ready_for(&access)?;
    }
    match &cli.verb {
        Verb::Demo(arguments) => demo::run(*arguments, ctx),
        Verb::Init => database::init(ctx),
        Verb::Upgrade => database::upgrade(ctx),
        Verb::Load(arguments) => load::run(arguments, ctx),
        Verb::Loads { protected, purpose, action } => load::loads(action, *protected, purpose, ctx),
        Verb::Adapter { action } => load::adapter(action),
        Verb::Report => match report {
            Some(call) => report::run(&call, ctx),
            None => Err(Failure::usage("no report named").hint("see `harmrank reports list`")),
        },
        Verb::Runs { archive, purpose, action } => runs::run(action, archive.as_ref(), purpose, ctx),
        Verb::Forget(arguments) => data_subject::forget(arguments, ctx),
        Verb::Restrict(arguments) => data_subject::restrict(arguments, ctx),
        Verb::Sql(arguments) => sql::run(arguments, ctx),
        Verb::Ledger { action } => ledger::run(action, ctx),
        Verb::Schedule { file, action } => schedule::run(action, file.as_deref(), ctx),
        Verb::Reports { action } => reports::run(action, ctx),
        Verb::Help { words } => manual::help(words, ctx),
        Verb::Man { folder } => manual::man(folder, ctx),
        Verb::Completions { shell } => manual::completions(*shell, library),
    }
}

/// Checks that a path may name a database to work with, and removes what killed processes left beside it.
fn ready_for(access: &Access) -> Result<(), Failure> {
    if is_protected_name(&access.path) {
        return Err(Failure::usage("holds protected characteristics, and is no database to ask")
            .at_path(&access.path)
            .hint(
                "name the other one with --db: load --protected and loads --protected find this beside it",
            ));
    }
    access.check_names()?;
    access.of_protected().check_names()?;
    // What cannot be removed is told by whoever has to be rid of it: `forget`.
    let _ = work_folder::remove_orphans(&folder_of(&access.path));
    Ok(())
}

fn access(cli: &Cli) -> Access {
    let default = if matches!(cli.verb, Verb::Demo(_)) { crate::demo::DEFAULT_FILE } else { DEFAULT_FILE };
    Access {
        path: behind_links(&cli.common.db.clone().unwrap_or_else(|| PathBuf::from(default))),
        wait: Duration::from_secs(cli.common.wait),
        threads: cli.common.threads,
        memory: cli.common.memory.clone(),
    }
}
