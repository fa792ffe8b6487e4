//! From a command line to an exit code: the one place that writes to the streams.

mod progress;
mod reports;

use crate::cli::{
    self, AccountForm, Cli, ErrorForm, Invocation, LoadArgs, LoadsAction, Refusal, ReportCall, Verb,
};
use crate::context::Context;
use crate::database::{self, Access};
use crate::failure::{Failure, Kind};
use crate::render::{self, Format};
use crate::report::{self, Library};
use crate::settings::Settings;
use crate::{catalog, dates, demo, interrupt, load};
use progress::Progress;
use sha2::{Digest, Sha256};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// Runs the program on the process's own arguments.
#[must_use]
pub fn main() -> ExitCode {
    // Extracts, databases and lists are about people: for this user's eyes.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let arguments: Vec<_> = std::env::args_os().collect();
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
    interrupt::listen();
    let context = Context::of_process()?;
    let Invocation { cli, report } = invocation;
    let as_json = cli.common.errors == ErrorForm::Json;
    match &cli.verb {
        Verb::Demo(arguments) => {
            let access = access(&cli, demo::DEFAULT_FILE);
            demo::make(*arguments, &access, &context)?;
            demo_list(&access, library, &context)
        }
        Verb::Init => {
            let access = access(&cli, DEFAULT_FILE);
            database::create(&access)?;
            say(&format!("created {}\n", access.path.display()))
        }
        Verb::Upgrade => {
            let access = access(&cli, DEFAULT_FILE);
            let outcome = if database::upgrade(&access)? {
                "brought up to this program's SQL"
            } else {
                "was up to date"
            };
            say(&format!("{} {outcome}\n", access.path.display()))
        }
        Verb::Load(arguments) => run_load(arguments, &access(&cli, DEFAULT_FILE), &context),
        Verb::Loads { action } => run_loads(action, &access(&cli, DEFAULT_FILE), &context),
        Verb::Report => match report {
            Some(call) => run_report(&call, &access(&cli, DEFAULT_FILE), library, &context, as_json),
            None => Err(Failure::usage("no report named").hint("see `harmrank reports list`")),
        },
        Verb::Reports { action } => {
            reports::run(action, library, settings, &access(&cli, DEFAULT_FILE), &context)
        }
    }
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

fn run_load(arguments: &LoadArgs, access: &Access, context: &Context) -> Result<(), Failure> {
    let day = |text: &str, flag: &str| {
        dates::read(text, context.today, context.today).ok_or_else(|| {
            Failure::usage(format!("{text:?} is not a day")).at(flag).hint("write 2026-06-30 or 30/06/2026")
        })
    };
    let extract_on = arguments.extract_date.as_deref().map(|text| day(text, "--extract-date")).transpose()?;
    if let Some(day) = extract_on.filter(|day| *day > context.today) {
        return Err(Failure::usage(format!("{day} is after today, {}", context.today)).at("--extract-date"));
    }
    let full = match arguments.full.as_deref() {
        Some(text) => {
            let (from, to) = text.split_once("..").ok_or_else(|| {
                Failure::usage(format!("{text:?} is not a span of days"))
                    .at("--full")
                    .hint("write 2026-01-01..2026-06-30")
            })?;
            let (first, last) = (day(from, "--full")?, day(to, "--full")?);
            if last < first {
                return Err(Failure::usage(format!("{text:?} ends before it begins")).at("--full"));
            }
            Some((first, last))
        }
        None => None,
    };
    let order = load::Order {
        paths: arguments.paths.clone(),
        adapter: arguments.adapter.clone(),
        extract_on,
        full,
        is_dry: arguments.dry_run,
        reading: arguments.reading(),
    };
    let account = load::load(&order, access, context)?;
    say_as(arguments.format, &account, &account.to_string())
}

fn run_loads(action: &LoadsAction, access: &Access, context: &Context) -> Result<(), Failure> {
    match action {
        LoadsAction::List { format } => {
            let batches = load::list(&access.read()?)?;
            say_as(*format, &batches, &load::listing(&batches))
        }
        LoadsAction::Show { number, format } => {
            let account = load::show(&access.read()?, *number)?;
            say_as(*format, &account, &account.to_string())
        }
        LoadsAction::Undo { number, format } => {
            let undone = load::undo(*number, access, context)?;
            say_as(*format, &undone, &undone.to_string())
        }
    }
}

fn say_as(form: AccountForm, value: &impl serde::Serialize, text: &str) -> Result<(), Failure> {
    match form {
        AccountForm::Text => say(text),
        AccountForm::Json => {
            let text =
                serde_json::to_string_pretty(value).map_err(|error| Failure::failed(error.to_string()))?;
            say(&format!("{text}\n"))
        }
    }
}

fn run_report(
    call: &ReportCall,
    access: &Access,
    library: &Library,
    context: &Context,
    as_json: bool,
) -> Result<(), Failure> {
    let report = library.find(&call.name)?;
    // A report changes nothing: it can be ended from outside its work.
    interrupt::insist(call.running.timeout, move |failure| {
        let _ = tell(failure, as_json);
        std::process::exit(i32::from(failure.kind.exit_code()));
    });
    // What is wrong whatever the database says comes before a database that cannot be opened.
    let connection = access.read_unverified().map_err(|failure| {
        let problems = report::problems_without_database(report, &call.given);
        if problems.is_empty() { failure } else { Failure { kind: Kind::Usage, problems } }
    })?;
    interrupt::watch(&connection);
    let progress = Progress::of(&connection, context);
    let ready = report::prepare(report, &call.given, context.today, access, &connection)?;
    if call.running.print_sql {
        return say(&ready.script());
    }
    let format = match (&call.output.format, &call.output.output) {
        (Some(format), _) => *format,
        (None, None) => Format::Table,
        (None, Some(path)) => Format::of_ending(path).ok_or_else(|| {
            Failure::usage("its ending names no format")
                .at(path.display().to_string())
                .hint("name one with --format")
        })?,
    };
    let outcome = match &call.output.output {
        None => ready.rows(&connection, |rows| {
            drop(progress);
            let mut out = BufWriter::new(io::stdout().lock());
            render::render(format, &ready.meta, rows, context, &mut out)?;
            Ok(out.flush()?)
        }),
        Some(path) => ready.rows(&connection, |rows| write_file(path, format, &ready.meta, rows, context)),
    };
    // The process is about to end, and the database was only read: taking the engine apart costs a user time.
    std::mem::forget(connection);
    outcome
}

/// Writes a file and its manifest, each whole or not at all.
fn write_file(
    path: &Path,
    format: Format,
    meta: &report::Meta,
    rows: report::Rows<'_>,
    context: &Context,
) -> Result<(), Failure> {
    let at =
        |error: &dyn std::fmt::Display| Failure::failed(error.to_string()).at(path.display().to_string());
    for target in [path.to_path_buf(), manifest_path(path)] {
        if target.is_dir() {
            return Err(Failure::failed("is a folder; nothing was written").at(target.display().to_string()));
        }
    }
    let folder = database::folder_of(path);
    let mut draft = tempfile::NamedTempFile::new_in(&folder).map_err(|error| at(&error))?;
    interrupt::remove_if_stopped(draft.path());
    let elsewhere = Context { width: None, ..context.clone() };
    let mut out = BufWriter::new(draft.as_file_mut());
    let count = render::render(format, meta, rows, &elsewhere, &mut out)?;
    out.flush().map_err(|error| at(&error))?;
    drop(out);
    let bytes = std::fs::read(draft.path()).map_err(|error| at(&error))?;
    let manifest = serde_json::json!({
        "file": path.file_name().unwrap_or_default().to_string_lossy(),
        "sha256": catalog::to_hex(&Sha256::digest(&bytes)),
        "rows": count,
        "meta": meta,
    });
    let mut beside = tempfile::NamedTempFile::new_in(&folder).map_err(|error| at(&error))?;
    interrupt::remove_if_stopped(beside.path());
    serde_json::to_writer_pretty(&mut beside, &manifest).map_err(|error| at(&error))?;
    writeln!(beside).map_err(|error| at(&error))?;
    interrupt::check()?;
    interrupt::forget();
    // The manifest first: a list without one is worse than a manifest that has to wait for its list.
    for (file, target) in [(beside, manifest_path(path)), (draft, path.to_path_buf())] {
        file.as_file().sync_all().map_err(|error| at(&error))?;
        file.persist(target).map_err(|error| at(&error))?;
    }
    Ok(())
}

fn manifest_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".manifest.json");
    PathBuf::from(name)
}

fn demo_list(access: &Access, library: &Library, context: &Context) -> Result<(), Failure> {
    let call = ReportCall {
        name: "v100".to_owned(),
        given: report::Given::default(),
        running: cli::Running { print_sql: false, timeout: None },
        output: cli::Output { format: None, output: None },
    };
    run_report(&call, access, library, context, false)?;
    say(&demo::what_next(access)?)
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
    let kind = if interrupt::is_asked() { Kind::Interrupted } else { failure.kind };
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
