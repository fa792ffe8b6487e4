//! From a command line to an exit code: the one place that writes to the streams.

use crate::cli::{
    self, AccountForm, AdapterAction, Cli, ErrorForm, Invocation, LoadArgs, LoadsAction, ReportCall,
    ReportsAction, Verb,
};
use crate::context::Context;
use crate::database::{self, Access};
use crate::failure::{Failure, Kind};
use crate::render::chart::Points;
use crate::render::pager::{self, Screen};
use crate::render::{self, Format, Options};
use crate::report::{self, Report};
use crate::{catalog, dates, demo, interrupt, load};
use duckdb::Connection;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
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
    let reports = match report::built_in() {
        Ok(reports) => reports,
        Err(failure) => return tell(&failure, wants_json),
    };
    let invocation = match cli::parse(arguments, &reports) {
        Ok(invocation) => invocation,
        Err(error) => return tell_parse_error(&error, wants_json),
    };
    let form = invocation.cli.common.errors;
    match dispatch(invocation, &reports) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => tell(&failure, form == ErrorForm::Json),
    }
}

fn dispatch(invocation: Invocation, reports: &[Report]) -> Result<(), Failure> {
    interrupt::listen();
    let context = Context::of_process()?;
    let Invocation { cli, report } = invocation;
    match &cli.verb {
        Verb::Demo(arguments) => {
            let access = access(&cli, demo::DEFAULT_FILE);
            demo::make(*arguments, &access, &context)?;
            demo_list(&access, reports, &context)
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
        Verb::Adapter { action } => run_adapter(action),
        Verb::Report => match report {
            Some(call) => run_report(&call, &access(&cli, DEFAULT_FILE), reports, &context),
            None => Err(Failure::usage("no report named").hint("see `harmrank reports list`")),
        },
        Verb::Reports { action } => show_reports(action, reports),
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
        tables: arguments.tables.files(),
        adapter: arguments.adapter.clone(),
        extract_on,
        full,
        is_dry: arguments.dry_run,
        reading: load::Reading { carry: arguments.carry.clone(), ..arguments.reads.reading(&arguments.map) },
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
            let draft = load::draft_adapter(&arguments.path, &arguments.reads.reading(&[]))?;
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

fn run_report(
    call: &ReportCall,
    access: &Access,
    reports: &[Report],
    context: &Context,
) -> Result<(), Failure> {
    let report = find(&call.name, reports)?;
    let options = options(&call.output, context)?;
    let connection = access.read_unverified()?;
    interrupt::watch(&connection);
    let ready = report::prepare(report, &call.given, context.today, access, &connection)?;
    let points = points(&ready, options.format, &connection)?;
    let outcome = ready.rows(&connection, |rows| {
        let output = Content { options, meta: &ready.meta, rows, points };
        match &call.output.output {
            None => write_out(output, !call.output.no_pager, context),
            Some(path) => write_file(path, output, context),
        }
    });
    // The process is about to end, and the database was only read: taking the engine apart costs a user time.
    std::mem::forget(connection);
    outcome
}

/// The format asked for, or that of the file's ending, and how it is wanted.
fn options(output: &cli::Output, context: &Context) -> Result<Options, Failure> {
    let format = match (&output.format, &output.output) {
        (Some(format), _) => *format,
        (None, None) => Format::Table,
        (None, Some(path)) => Format::of_ending(path).ok_or_else(|| {
            Failure::usage("its ending names no format")
                .at(path.display().to_string())
                .hint(format!("name one with --format, or end it in one of {}", Format::ENDINGS))
        })?,
    };
    let options = Options { format, is_raw: output.raw, has_bom: output.bom };
    options.check(output.output.is_none() && context.width.is_some())?;
    Ok(options)
}

/// What is to be written.
struct Content<'a> {
    options: Options,
    meta: &'a report::Meta,
    rows: report::Rows<'a>,
    points: Vec<Points>,
}

impl Content<'_> {
    /// Writes it and returns how many rows there were.
    fn render(self, context: &Context, out: &mut (dyn Write + Send)) -> Result<usize, Failure> {
        render::render(self.options, self.meta, self.rows, self.points, context, out)
    }
}

/// What the charts of a report are drawn from, as far as they have a query of their own.
fn points(
    ready: &report::Ready<'_>,
    format: Format,
    connection: &Connection,
) -> Result<Vec<Points>, Failure> {
    let mut found = Vec::new();
    for chart in ready.meta.charts.iter().filter(|_| format.has_charts()) {
        let mut points = Points::default();
        if let Some(sql) = &chart.query {
            ready.stream(sql, connection, |rows| {
                for batch in rows.batches {
                    points.add(chart, &batch?)?;
                }
                Ok(())
            })?;
        }
        found.push(points);
    }
    Ok(found)
}

/// Writes to standard output; a table longer than the screen goes to the pager.
fn write_out(output: Content<'_>, is_paged: bool, context: &Context) -> Result<(), Failure> {
    // Not `Stdout`, which looks for line ends.
    let stdout = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    if let (Some(columns), Some(lines), Format::Table, true) =
        (context.width, context.height, output.options.format, is_paged)
    {
        let command = pager::pager(std::env::var("PAGER").ok());
        let mut screen = Screen::new(stdout, lines, columns, command);
        output.render(context, &mut screen)?;
        return Ok(screen.finish()?);
    }
    let mut out = BufWriter::with_capacity(BUFFER, stdout);
    output.render(context, &mut out)?;
    Ok(out.flush()?)
}

/// Bytes gathered before they are written.
const BUFFER: usize = 1 << 16;

/// Writes a file and its manifest, each whole or not at all.
fn write_file(path: &Path, output: Content<'_>, context: &Context) -> Result<(), Failure> {
    let meta = output.meta;
    let at =
        |error: &dyn std::fmt::Display| Failure::failed(error.to_string()).at(path.display().to_string());
    for target in [path.to_path_buf(), manifest_path(path)] {
        if target.is_dir() {
            return Err(Failure::failed("is a folder; nothing was written").at(target.display().to_string()));
        }
    }
    let folder = database::folder_of(path);
    let mut draft = tempfile::NamedTempFile::new_in(&folder).map_err(|error| at(&error))?;
    let elsewhere = Context { width: None, height: None, ..context.clone() };
    let mut out = BufWriter::with_capacity(BUFFER, draft.as_file_mut());
    let count = output.render(&elsewhere, &mut out)?;
    out.flush().map_err(|error| at(&error))?;
    drop(out);
    let hash = hash_of_file(draft.path()).map_err(|error| at(&error))?;
    let manifest = serde_json::json!({
        "file": path.file_name().unwrap_or_default().to_string_lossy(),
        "sha256": hash,
        "rows": count,
        "meta": meta,
    });
    let mut beside = tempfile::NamedTempFile::new_in(&folder).map_err(|error| at(&error))?;
    serde_json::to_writer_pretty(&mut beside, &manifest).map_err(|error| at(&error))?;
    writeln!(beside).map_err(|error| at(&error))?;
    // The manifest first: a list without one is worse than a manifest that has to wait for its list.
    for (file, target) in [(beside, manifest_path(path)), (draft, path.to_path_buf())] {
        file.as_file().sync_all().map_err(|error| at(&error))?;
        file.persist(target).map_err(|error| at(&error))?;
    }
    Ok(())
}

/// SHA-256 of a file, read piece by piece.
fn hash_of_file(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; BUFFER];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(catalog::to_hex(&hash.finalize())),
            length => hash.update(&piece[..length]),
        }
    }
}

fn manifest_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".manifest.json");
    PathBuf::from(name)
}

fn demo_list(access: &Access, reports: &[Report], context: &Context) -> Result<(), Failure> {
    let call = ReportCall {
        name: "v100".to_owned(),
        given: std::collections::BTreeMap::new(),
        output: cli::Output { no_pager: true, ..cli::Output::default() },
    };
    run_report(&call, access, reports, context)?;
    say(&demo::what_next(access)?)
}

fn show_reports(action: &ReportsAction, reports: &[Report]) -> Result<(), Failure> {
    match action {
        ReportsAction::List => {
            let width = reports.iter().map(|report| report.name.len()).max().unwrap_or(0);
            let lines = reports.iter().map(|report| {
                format!("{:<width$}  {}: {}\n", report.name, report.header.title, report.header.summary)
            });
            say(&lines.collect::<String>())
        }
        ReportsAction::Show { name } => say(&find(name, reports)?.text),
    }
}

fn find<'a>(name: &str, reports: &'a [Report]) -> Result<&'a Report, Failure> {
    reports.iter().find(|report| report.name == name).ok_or_else(|| {
        let names: Vec<_> = reports.iter().map(|report| report.name.clone()).collect();
        let guess =
            report::nearest(name, &names).map(|near| format!("did you mean {near}? ")).unwrap_or_default();
        Failure::usage(format!("no report {name:?}")).hint(format!("{guess}reports: {}", names.join(", ")))
    })
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
