//! Where the rows of a report or a query go: the screen, its pager, or a file.

use crate::cli::Output;
use crate::context::Context;
use crate::failure::Failure;
use crate::ledger::Begun;
use crate::render::pager::{self, Screen};
use crate::render::{self, Format, Options};
use crate::report::{Ready, Rows};
use crate::runs::write;
use crate::standard_output;
use crate::terminal_text::CleanWriter;
use crate::write_gate;
use duckdb::Connection;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::fd::AsFd;

/// Bytes gathered before they are written.
const BUFFER: usize = 1 << 16;

/// The format asked for, or that of the file's ending, and how it is wanted.
pub(super) fn options(output: &Output, is_kept: bool, context: &Context) -> Result<Options, Failure> {
    if output.force {
        write_gate::replace_sources();
    }
    if let Some(path) = &output.file {
        write_gate::check_file(path)?;
    }
    let format = match (&output.format, &output.file) {
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
    options.check(output.file.is_none() && !is_kept && context.width.is_some())?;
    Ok(options)
}

/// The context of output that no terminal shows.
pub(super) fn elsewhere(context: &Context) -> Context {
    Context { width: None, height: None, ..context.clone() }
}

/// Writes the rows of a report in a format, and counts them for the ledger.
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

/// How a table longer than the screen is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paging {
    /// Printed to its end.
    None,
    /// In the pager that `PAGER` names, else in `less`.
    UsersPager,
    /// In `less`, whatever `PAGER` names.
    LessAlone,
}

impl Paging {
    pub(super) fn of(output: &Output) -> Self {
        if output.no_pager { Self::None } else { Self::UsersPager }
    }
}

/// Writes to standard output; a table longer than the screen goes to the pager.
pub(super) fn to_screen<T>(
    format: Format,
    paging: Paging,
    context: &Context,
    write: impl FnOnce(&Context, &mut (dyn Write + Send)) -> Result<T, Failure>,
) -> Result<T, Failure> {
    standard_output::check()?;
    // Not `Stdout`, which looks for line ends.
    let stdout = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    if let (Some(columns), Some(lines), Format::Table) = (context.width, context.height, format)
        && paging != Paging::None
    {
        let named = std::env::var("PAGER").ok().filter(|_| paging == Paging::UsersPager);
        let command = pager::pager(named);
        let mut screen = CleanWriter::new(Screen::new(stdout, lines, columns, command));
        let outcome = write(context, &mut screen)?;
        screen.into_inner()?.finish()?;
        return Ok(outcome);
    }
    let out = BufWriter::with_capacity(BUFFER, stdout);
    if context.width.is_some() && !format.is_binary() {
        let mut out = CleanWriter::new(out);
        let outcome = write(context, &mut out)?;
        out.into_inner()?.flush()?;
        return Ok(outcome);
    }
    let mut out = out;
    let outcome = write(context, &mut out)?;
    out.flush()?;
    Ok(outcome)
}

/// Writes the rows of a report to standard output.
pub(super) fn to_stdout(
    ready: &Ready<'_>,
    connection: &Connection,
    options: Options,
    paging: Paging,
    context: &Context,
    begun: Option<&Begun>,
) -> Result<(), Failure> {
    let mut render = renderer(options, context.clone(), begun);
    ready.rows(connection, |rows| {
        to_screen(options.format, paging, context, |_, out| render(ready, rows, out).map(|_| ()))
    })
}

/// Writes the rows of what is no run of a report over the database, to standard output or a file without a manifest.
pub(super) fn write_output(
    ready: &Ready<'_>,
    connection: &Connection,
    output: &Output,
    options: Options,
    context: &Context,
    begun: Option<&Begun>,
) -> Result<(), Failure> {
    match &output.file {
        None => to_stdout(ready, connection, options, Paging::of(output), context, begun),
        Some(path) => {
            let mut render = renderer(options, elsewhere(context), begun);
            write::without_manifest(path, |out| {
                ready.rows(connection, |rows| render(ready, rows, out).map(|_| ()))
            })
        }
    }
}
