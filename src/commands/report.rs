//! `harmrank report`: a question answered on the screen, in a file, or in the archive.

use super::progress::Progress;
use super::runs::again;
use super::schedule::lists;
use super::{Surroundings, logged, say, tell};
use crate::cli::{Output, ReportCall};
use crate::context::Context;
use crate::database::Access;
use crate::failure::{Failure, Kind};
use crate::interrupt;
use crate::ledger::{Begun, Ledger, end_all};
use crate::render::pager::{self, Screen};
use crate::render::{self, Format, Options};
use crate::report::{self, Given, Manner, Ready, Report, Rows};
use crate::runs::logged_parameters::resolved;
use crate::runs::write::{self, Draft, Run};
use crate::runs::{Manifest, kept_lists};
use crate::settings::Settings;
use duckdb::Connection;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::fd::AsFd;
use std::path::PathBuf;

pub(super) fn run(call: &ReportCall, with: &Surroundings<'_>) -> Result<(), Failure> {
    let Surroundings { access, context, as_json, .. } = *with;
    let report = with.library.find(&call.name)?;
    let options = options(&call.output, call.running.archive.is_some(), context)?;
    if !call.running.print_sql {
        with.settings.ledger.reason.check(call.running.purpose.reason.as_deref())?;
    }
    // A report changes nothing: it can be ended from outside its work.
    interrupt::enforce_deadline(call.running.timeout, move |failure| {
        end_all(failure);
        let _ = tell(failure, as_json);
        std::process::exit(i32::from(failure.kind.exit_code()));
    });
    // What is wrong whatever the database says comes before a database that cannot be opened.
    let connection = access.read_unverified().map_err(|failure| {
        let problems = report::problems_without_database(report, &call.given);
        if problems.is_empty() { failure } else { Failure::of(Kind::Usage, problems) }
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
    access.leave(connection);
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
    let find = || lists(with);
    let again = again(with, &find);
    let fill = |given: &Given, connection: &Connection| kept_lists::fill(given, None, &again, connection);
    let manner = Manner {
        evidence_folder: draft.as_ref().map(Draft::path),
        has_charts: options.format.has_charts(),
        fill: Some(&fill),
        ..Manner::default()
    };
    let ready = report::prepare(report, &call.given, context.today, access, connection, manner)?;
    begun.set_parameters(resolved(Some(report), &ready.meta.parameters, begun.ledger()));
    if !ready.lists.is_empty() {
        begun.learn("lists", ready.lists.iter().map(|list| list.run.clone()).collect::<Vec<_>>());
    }
    let ledger = Some(begun.head().clone());
    let run = Run { ready: &ready, connection, options, is_deep: call.running.deep, ledger };
    put_out(call, &run, draft, progress, begun, context)
}

/// Where runs are kept: as said, as set, else beside the database.
pub(super) fn archive_in(said: Option<&PathBuf>, settings: &Settings, access: &Access) -> PathBuf {
    let beside = || crate::paths::folder_of(&access.path).join("harmrank-runs");
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
            let record = draft.fill(run, &mut renderer(options, elsewhere(context), Some(begun)))?;
            learn(&record.manifest);
            if let Some(path) = path {
                write::copy(&record, path)?;
            }
            interrupt::block_cancel();
            drop(progress);
            say(&format!("{}\n", record.manifest.id))
        }
    }
}

/// The surroundings of output that no terminal shows.
pub(super) fn elsewhere(context: &Context) -> Context {
    Context { width: None, height: None, ..context.clone() }
}

pub(super) fn renderer(
    options: Options,
    context: Context,
    begun: Option<&Begun>,
) -> impl FnMut(&Ready<'_>, Rows<'_>, &mut (dyn Write + Send)) -> Result<usize, Failure> {
    move |ready, rows, out| {
        let rows = match begun {
            Some(begun) => rows.counted(begun.row_counter()),
            None => rows,
        };
        render::render(options, &ready.meta, rows, &ready.chart_rows, &context, out)
    }
}

/// Bytes gathered before they are written.
pub(super) const BUFFER: usize = 1 << 16;

/// Writes to standard output; a table longer than the screen goes to the pager.
pub(super) fn to_stdout(
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
pub(super) fn options(output: &Output, is_kept: bool, context: &Context) -> Result<Options, Failure> {
    let format = match (&output.format, &output.output) {
        (Some(format), _) => *format,
        // All there is to say of itself, for whoever reads it in a year.
        (None, None) if is_kept => Format::Json,
        (None, None) => Format::Table,
        (None, Some(path)) => Format::of_ending(path).ok_or_else(|| {
            Failure::usage("its ending names no format")
                .at_path(path)
                .hint(format!("name one with --format, or end it in one of {}", Format::ENDINGS))
        })?,
    };
    let options = Options { format, is_raw: output.raw, has_bom: output.bom };
    options.check(output.output.is_none() && !is_kept && context.width.is_some())?;
    Ok(options)
}
