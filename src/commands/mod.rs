//! From a command line to an exit code: the one place that writes to the streams.

mod care;
mod ledger;
mod load;
mod logged;
mod progress;
mod report;
mod reports;
mod runs;
mod schedule;
mod shell;
mod sql;

use crate::cancellation;
use crate::cli::{
    self, Cli, DemoArgs, ErrorForm, Invocation, ListForm, Output, Purpose, Refusal, ReportCall, Verb,
};
use crate::context::Context;
use crate::database::{self, Access};
use crate::failure::{Failure, Kind};
use crate::ledger::{Entry, Kind as Act};
use crate::report::{Given, Library};
use crate::settings::Settings;
use crate::{demo, explore, interrupt};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// Runs the program on the process's own arguments.
pub fn main() -> ExitCode {
    // Extracts, databases and lists are about people: for this user's eyes.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let arguments: Vec<_> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|verb| verb == explore::HIDDEN_VERB) {
        return explore::serve();
    }
    if arguments.get(1).is_some_and(|verb| verb == "sql") {
        explore::start_early();
    }
    let wants_json = arguments.windows(2).any(|pair| pair[0] == "--errors" && pair[1] == "json")
        || arguments.iter().any(|argument| argument == "--errors=json");
    let settings = Settings::of(&arguments, DEFAULT_FILE);
    // A first report of one's own begins the folder.
    let begins = arguments.windows(2).any(|pair| pair[0] == "reports" && pair[1] == "new");
    let found = settings.and_then(|settings| {
        if let Some(folder) = settings.reports.as_deref().filter(|folder| begins && !folder.exists()) {
            std::fs::create_dir_all(folder)?;
        }
        Ok((Library::open(settings.reports.as_deref())?, settings))
    });
    let (library, settings) = match found {
        Ok(found) => found,
        Err(failure) => return tell(&failure, wants_json),
    };
    let invocation = match cli::parse(arguments, &library) {
        Ok(invocation) => invocation,
        Err(Refusal::Clap(error)) => return tell_parse_error(&error, wants_json),
        Err(Refusal::Failure(failure)) => return tell(&failure, wants_json),
    };
    let form = invocation.cli.common.errors;
    match dispatch(invocation, &library, &settings) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => tell(&failure, form == ErrorForm::Json),
    }
}

fn dispatch(invocation: Invocation, library: &Library, settings: &Settings) -> Result<(), Failure> {
    interrupt::install_handler();
    let context = Context::of_process()?;
    let Invocation { cli, report } = invocation;
    let default = if matches!(cli.verb, Verb::Demo(_)) { demo::DEFAULT_FILE } else { DEFAULT_FILE };
    let access = access(&cli, default);
    if crate::paths::is_protected_name(&access.path) {
        return Err(Failure::usage("holds protected characteristics, and is no database to ask")
            .at_path(&access.path)
            .hint(
                "name the other one with --db: load --protected and loads --protected find this beside it",
            ));
    }
    let as_json = cli.common.errors == ErrorForm::Json;
    let with = Surroundings { access: &access, library, settings, context: &context, as_json };
    match &cli.verb {
        Verb::Demo(DemoArgs { suspects, years, seed }) => {
            run_demo(demo::Size { suspects: *suspects, years: *years, seed: *seed }, &with)
        }
        Verb::Init => {
            database::create(&access)?;
            logged::made(&Entry::new("init", Act::Alteration), &with)?;
            say(&format!("created {}\n", access.path.display()))
        }
        Verb::Upgrade => {
            let entry = Entry::new("upgrade", Act::Alteration);
            let outcome = if logged::changed(entry, &with, |_| upgrade(&access))? {
                "brought up to this program's SQL"
            } else {
                "was up to date"
            };
            say(&format!("{} {outcome}\n", access.path.display()))
        }
        Verb::Load(arguments) => load::run(arguments, &with),
        Verb::Loads { protected, purpose, action } => load::loads(action, *protected, purpose, &with),
        Verb::Adapter { action } => load::adapter(action),
        Verb::Report => match report {
            Some(call) => report::run(&call, &with),
            None => Err(Failure::usage("no report named").hint("see `harmrank reports list`")),
        },
        Verb::Runs { archive, purpose, action } => {
            runs::run(action, &report::archive_in(archive.as_ref(), settings, &access), purpose, &with)
        }
        Verb::Forget(arguments) => care::forget(arguments, &with),
        Verb::Restrict(arguments) => care::restrict(arguments, &with),
        Verb::Sql(arguments) => sql::run(arguments, &with),
        Verb::Ledger { action } => ledger::run(action, &with),
        Verb::Schedule { file, action } => schedule::run(action, file.as_deref(), &with),
        Verb::Reports { action } => reports::run(action, library, settings, &access, &context),
    }
}

/// Brings the file of protected characteristics up as well, where there is one.
fn upgrade(access: &Access) -> Result<bool, Failure> {
    let beside = access.of_protected();
    let is_changed = beside.path.exists() && database::upgrade(&beside)?;
    Ok(database::upgrade(access)? || is_changed)
}

/// The database where none is named.
const DEFAULT_FILE: &str = "harmrank.duckdb";

fn access(cli: &Cli, default: &str) -> Access {
    Access {
        path: cli.common.db.clone().unwrap_or_else(|| PathBuf::from(default)),
        wait: Duration::from_secs(cli.common.wait),
        threads: cli.common.threads,
        memory: cli.common.memory.clone(),
    }
}

fn say_as(form: ListForm, value: &impl serde::Serialize, text: &str) -> Result<(), Failure> {
    match form {
        ListForm::Table => say(text),
        ListForm::Json => say_json(value),
    }
}

fn say_json(value: &impl serde::Serialize) -> Result<(), Failure> {
    say(&crate::wording::json_text(value)?)
}

/// What every verb on reports is given.
struct Surroundings<'a> {
    access: &'a Access,
    library: &'a Library,
    settings: &'a Settings,
    context: &'a Context,
    as_json: bool,
}

fn run_demo(size: demo::Size, with: &Surroundings<'_>) -> Result<(), Failure> {
    demo::make(size, with.access)?;
    logged::made(&Entry::new("demo", Act::Collection), with)?;
    let purpose = Purpose { reason: Some("the first list of the demo".to_owned()), recipient: None };
    let call = ReportCall {
        name: "v100".to_owned(),
        given: Given::default(),
        running: cli::Running { purpose, ..cli::Running::default() },
        output: Output { no_pager: true, ..Output::default() },
    };
    report::run(&call, with)?;
    say(&demo::what_next(with.access)?)
}

fn say(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Writes a failure and returns its exit code. A reader that went away is no failure.
fn tell(failure: &Failure, as_json: bool) -> ExitCode {
    if failure.is_broken_pipe() {
        return ExitCode::SUCCESS;
    }
    let kind = if cancellation::is_cancelled() { Kind::Interrupted } else { failure.kind };
    let text = if as_json { failure.to_json_lines() } else { failure.to_string() };
    let _ = writeln!(io::stderr(), "{text}");
    ExitCode::from(kind.exit_code())
}

fn tell_parse_error(error: &clap::Error, as_json: bool) -> ExitCode {
    if as_json && error.use_stderr() {
        return tell(&Failure::usage(error.to_string().trim_end()), true);
    }
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(Kind::Usage.exit_code()) } else { ExitCode::SUCCESS }
}
