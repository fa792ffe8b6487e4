//! From a command line to an exit code: the one place that writes to the streams.

mod ledger;
mod logged;
mod progress;
mod reports;
mod runs;

use crate::cli::{
    self, AdapterAction, Cli, DemoArgs, ErrorForm, Invocation, ListForm, LoadArgs, LoadsAction, Output,
    Purpose, Refusal, ReportCall, Verb,
};
use crate::context::Context;
use crate::database::{self, Access};
use crate::failure::{Failure, Kind};
use crate::ledger::{Begun, Entry, Kind as Act, Ledger, end_all, resolved};
use crate::record::Manifest;
use crate::record::write::{self, Draft, Run};
use crate::render::pager::{self, Screen};
use crate::render::{self, Format, Options};
use crate::report::{self, Library, Manner, Ready, Report, Rows};
use crate::settings::Settings;
use crate::{dates, demo, interrupt, load};
use duckdb::Connection;
use progress::Progress;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::fd::AsFd;
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
    let default = if matches!(cli.verb, Verb::Demo(_)) { demo::DEFAULT_FILE } else { DEFAULT_FILE };
    let access = access(&cli, default);
    let as_json = cli.common.errors == ErrorForm::Json;
    let with = Surroundings { access: &access, library, settings, context: &context, as_json };
    match &cli.verb {
        Verb::Demo(arguments) => run_demo(*arguments, &with),
        Verb::Init => {
            database::create(&access)?;
            logged::made(&Entry::new("init", Act::Alteration), &with)?;
            say(&format!("created {}\n", access.path.display()))
        }
        Verb::Upgrade => {
            let entry = Entry::new("upgrade", Act::Alteration);
            let outcome = if logged::changed(entry, &with, |_| database::upgrade(&access))? {
                "brought up to this program's SQL"
            } else {
                "was up to date"
            };
            say(&format!("{} {outcome}\n", access.path.display()))
        }
        Verb::Load(arguments) => run_load(arguments, &with),
        Verb::Loads { purpose, action } => run_loads(action, purpose, &with),
        Verb::Adapter { action } => run_adapter(action),
        Verb::Report => match report {
            Some(call) => run_report(&call, &with),
            None => Err(Failure::usage("no report named").hint("see `harmrank reports list`")),
        },
        Verb::Runs { archive, purpose, action } => {
            runs::run(action, &archive_in(archive.as_ref(), settings, &access), purpose, &with)
        }
        Verb::Ledger { action } => ledger::run(action, &with),
        Verb::Reports { action } => reports::run(action, library, settings, &access, &context),
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

fn run_load(arguments: &LoadArgs, with: &Surroundings<'_>) -> Result<(), Failure> {
    let context = with.context;
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
    let tables = arguments.tables.files();
    if let (Some(path), Some((table, _))) = (arguments.paths.first(), tables.first()) {
        let message = format!("a flat extract does not go together with tables such as --{}", table.name());
        return Err(Failure::usage(message)
            .at(path.display().to_string())
            .hint("name what the file holds as well, such as --crimes FILE, or load one after the other"));
    }
    let order = load::Order {
        paths: arguments.paths.clone(),
        tables,
        adapter: arguments.adapter.clone(),
        extract_on,
        full,
        is_dry: arguments.dry_run,
        reading: arguments.reads.reading(&arguments.map, &arguments.carry),
    };
    let account = logged::load(&order, with)?;
    say_as(arguments.format, &account, &account.to_string())
}

fn run_loads(action: &LoadsAction, purpose: &Purpose, with: &Surroundings<'_>) -> Result<(), Failure> {
    let access = with.access;
    let entry = |verb: &str, kind: Act| Entry::new(verb, kind);
    match action {
        LoadsAction::List { format } => {
            let connection = access.read()?;
            let entry = |_: &Ledger| entry("loads list", Act::Consultation);
            let batches = logged::consulted(entry, purpose, with, |_| load::list(&connection))?;
            say_as(*format, &batches, &load::listing(&batches))
        }
        LoadsAction::Show { number, format } => {
            let connection = access.read()?;
            let entry = |_: &Ledger| entry("loads show", Act::Consultation).with("load", *number);
            let account = logged::consulted(entry, purpose, with, |_| load::show(&connection, *number))?;
            say_as(*format, &account, &account.to_string())
        }
        LoadsAction::Undo { number, format } => {
            let entry = entry("loads undo", Act::Alteration).with("load", *number);
            let entry = entry.for_whom(purpose.reason.as_ref(), None);
            let undone = logged::changed(entry, with, |_| load::undo(*number, access, with.context))?;
            say_as(*format, &undone, &undone.to_string())
        }
    }
}

fn say_as(form: ListForm, value: &impl serde::Serialize, text: &str) -> Result<(), Failure> {
    match form {
        ListForm::Table => say(text),
        ListForm::Json => {
            let text =
                serde_json::to_string_pretty(value).map_err(|error| Failure::failed(error.to_string()))?;
            say(&format!("{text}\n"))
        }
    }
}

fn run_adapter(action: &AdapterAction) -> Result<(), Failure> {
    match action {
        AdapterAction::List => {
            let names = load::built_in_names();
            let width = names.iter().map(String::len).max().unwrap_or(0);
            let lines = names.iter().map(|name| {
                let text = load::built_in(name)?.text;
                let first =
                    text.trim_start_matches("-- ").split_once(['.', ':']).map_or("", |(first, _)| first);
                Ok(format!("{name:<width$}  {}\n", first.replace("\n--", "")))
            });
            say(&lines.collect::<Result<String, Failure>>()?)
        }
        AdapterAction::Show { name } => say(load::built_in(name)?.text),
        AdapterAction::New(arguments) => {
            let draft = load::draft_adapter(&arguments.path, &arguments.reads.reading(&[], &[]))?;
            match &arguments.output {
                None => say(&draft),
                Some(path) => write_new(path, &draft),
            }
        }
    }
}

/// Writes a file that does not exist yet, whole or not at all.
fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let at =
        |error: &dyn std::fmt::Display| Failure::failed(error.to_string()).at(path.display().to_string());
    let mut draft = tempfile::NamedTempFile::new_in(database::folder_of(path)).map_err(|error| at(&error))?;
    draft.write_all(text.as_bytes()).map_err(|error| at(&error))?;
    draft.as_file().sync_all().map_err(|error| at(&error))?;
    draft.persist_noclobber(path).map_err(|error| {
        if error.error.kind() == io::ErrorKind::AlreadyExists {
            Failure::failed("exists already; nothing was written")
                .at(path.display().to_string())
                .hint("name another file, or remove it first")
        } else {
            at(&error.error)
        }
    })?;
    Ok(())
}

/// What every verb on reports is given.
struct Surroundings<'a> {
    access: &'a Access,
    library: &'a Library,
    settings: &'a Settings,
    context: &'a Context,
    as_json: bool,
}

fn run_report(call: &ReportCall, with: &Surroundings<'_>) -> Result<(), Failure> {
    let Surroundings { access, context, as_json, .. } = *with;
    let report = with.library.find(&call.name)?;
    let options = options(&call.output, call.running.archive.is_some(), context)?;
    if !call.running.print_sql {
        with.settings.ledger.reason.check(call.running.purpose.reason.as_deref())?;
    }
    // A report changes nothing: it can be ended from outside its work.
    interrupt::insist(call.running.timeout, move |failure| {
        end_all(failure);
        let _ = tell(failure, as_json);
        std::process::exit(i32::from(failure.kind.exit_code()));
    });
    // What is wrong whatever the database says comes before a database that cannot be opened.
    let connection = access.read_unverified().map_err(|failure| {
        let problems = report::problems_without_database(report, &call.given);
        if problems.is_empty() { failure } else { Failure { kind: Kind::Usage, problems } }
    })?;
    interrupt::watch(&connection);
    let outcome = if call.running.print_sql {
        let manner = Manner::default();
        let ready = report::prepare(report, &call.given, context.today, access, &connection, manner);
        ready.and_then(|ready| say(&ready.script()))
    } else {
        let entry = |ledger: &Ledger| logged::of_report(call, report, ledger);
        logged::consulted(entry, &call.running.purpose, with, |begun| {
            answer(call, options, report, &connection, begun, with)
        })
    };
    // The process is about to end, and the database was only read: taking the engine apart costs a user time.
    std::mem::forget(connection);
    outcome
}

/// Runs a report that the ledger knows of.
fn answer(
    call: &ReportCall,
    options: Options,
    report: &Report,
    connection: &Connection,
    begun: &Begun,
    with: &Surroundings<'_>,
) -> Result<(), Failure> {
    let Surroundings { access, context, .. } = *with;
    let progress = Progress::of(connection, context);
    let archive =
        call.running.archive.as_ref().map(|archive| archive_in(archive.as_ref(), with.settings, access));
    let draft = archive.as_deref().map(Draft::begin).transpose()?;
    let manner = Manner {
        evidence_folder: draft.as_ref().map(Draft::path),
        after_load: None,
        has_charts: options.format.has_charts(),
    };
    let ready = report::prepare(report, &call.given, context.today, access, connection, manner)?;
    begun.set_parameters(resolved(Some(report), &ready.meta.parameters, begun.ledger()));
    let ledger = Some(begun.head().clone());
    let run = Run { ready: &ready, connection, options, is_deep: call.running.deep, ledger };
    put_out(call, &run, draft, progress, begun, context)
}

/// Where runs are kept: as said, as set, else beside the database.
fn archive_in(said: Option<&PathBuf>, settings: &Settings, access: &Access) -> PathBuf {
    let beside = || database::folder_of(&access.path).join("harmrank-runs");
    said.or(settings.archive.as_ref()).cloned().unwrap_or_else(beside)
}

fn put_out(
    call: &ReportCall,
    run: &Run<'_>,
    draft: Option<Draft>,
    progress: Option<Progress>,
    begun: &Begun,
    context: &Context,
) -> Result<(), Failure> {
    let Run { ready, connection, options, .. } = *run;
    let learn = |manifest: &Manifest| {
        begun.learn("run", manifest.id.clone());
        begun.learn("sha256", manifest.sha256.clone());
    };
    match (draft, &call.output.output) {
        (None, None) => {
            drop(progress);
            to_stdout(ready, connection, options, !call.output.no_pager, context, Some(begun))
        }
        (None, Some(path)) => {
            let manifest = write::file(path, run, &mut renderer(options, elsewhere(context), Some(begun)))?;
            learn(&manifest);
            Ok(())
        }
        (Some(draft), path) => {
            let ending = options.format.ending();
            let record = draft.fill(ending, run, &mut renderer(options, elsewhere(context), Some(begun)))?;
            learn(&record.manifest);
            if let Some(path) = path {
                write::copy(&record, path)?;
            }
            interrupt::forget();
            drop(progress);
            say(&format!("{}\n", record.manifest.id))
        }
    }
}

/// The surroundings of output that no terminal shows.
fn elsewhere(context: &Context) -> Context {
    Context { width: None, height: None, ..context.clone() }
}

fn renderer(
    options: Options,
    context: Context,
    begun: Option<&Begun>,
) -> impl FnMut(&Ready<'_>, Rows<'_>, &mut (dyn Write + Send)) -> Result<usize, Failure> {
    move |ready, rows, out| {
        let rows = match begun {
            Some(begun) => begun.counting(rows),
            None => rows,
        };
        render::render(options, &ready.meta, rows, ready.points.clone(), &context, out)
    }
}

/// Bytes gathered before they are written.
const BUFFER: usize = 1 << 16;

/// Writes to standard output; a table longer than the screen goes to the pager.
fn to_stdout(
    ready: &Ready<'_>,
    connection: &Connection,
    options: Options,
    is_paged: bool,
    context: &Context,
    begun: Option<&Begun>,
) -> Result<(), Failure> {
    // Not `Stdout`, which looks for line ends.
    let stdout = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    let mut render = renderer(options, context.clone(), begun);
    ready.rows(connection, |rows| {
        if let (Some(columns), Some(lines), Format::Table, true) =
            (context.width, context.height, options.format, is_paged)
        {
            let command = pager::pager(std::env::var("PAGER").ok());
            let mut screen = Screen::new(stdout, lines, columns, command);
            render(ready, rows, &mut screen)?;
            return Ok(screen.finish()?);
        }
        let mut out = BufWriter::with_capacity(BUFFER, stdout);
        render(ready, rows, &mut out)?;
        Ok(out.flush()?)
    })
}

/// The format asked for, or that of the file's ending, and how it is wanted.
fn options(output: &Output, is_kept: bool, context: &Context) -> Result<Options, Failure> {
    let format = match (&output.format, &output.output) {
        (Some(format), _) => *format,
        // All there is to say of itself, for whoever reads it in a year.
        (None, None) if is_kept => Format::Json,
        (None, None) => Format::Table,
        (None, Some(path)) => Format::of_ending(path).ok_or_else(|| {
            Failure::usage("its ending names no format")
                .at(path.display().to_string())
                .hint(format!("name one with --format, or end it in one of {}", Format::ENDINGS))
        })?,
    };
    let options = Options { format, is_raw: output.raw, has_bom: output.bom };
    options.check(output.output.is_none() && !is_kept && context.width.is_some())?;
    Ok(options)
}

fn run_demo(arguments: DemoArgs, with: &Surroundings<'_>) -> Result<(), Failure> {
    demo::make(arguments, with.access, with.context)?;
    logged::made(&Entry::new("demo", Act::Collection), with)?;
    let purpose = Purpose { reason: Some("the first list of the demo".to_owned()), recipient: None };
    let call = ReportCall {
        name: "v100".to_owned(),
        given: report::Given::default(),
        running: cli::Running { purpose, ..cli::Running::default() },
        output: Output { no_pager: true, ..Output::default() },
    };
    run_report(&call, with)?;
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
