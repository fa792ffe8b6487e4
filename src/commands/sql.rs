//! `harmrank sql`: queries of the user's own.

pub(super) mod answer;
mod open;

use super::context::CommandContext;
use super::logged;
use super::output::{Paging, options};
use super::shell;
use super::streams::{end_when_cancelled, say};
use crate::cli::SqlArgs;
use crate::context::Context;
use crate::explore::{Asked, Bound, Session, Source, Unit, protections_text};
use crate::failure::{Failure, Kind, Problem};
use crate::render::{Format, Options};
use crate::report::Days;
use crate::runs::write;
use crate::sql_guard::{StatementKind, kind_of};
use crate::write_gate;
use answer::{Printing, SHOWN, limits, tell_restricted};
use std::cell::Cell;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

pub(super) fn run(arguments: &SqlArgs, ctx: &CommandContext<'_>) -> Result<(), Failure> {
    if let Some(client) = arguments.open {
        return say(&open::how(client, &arguments.purpose, ctx)?);
    }
    if arguments.about {
        return about(arguments, ctx);
    }
    let Some(source) = source(arguments)? else { return shell::run(arguments, ctx) };
    end_when_cancelled(None, ctx.as_json);
    one_shot(&source, arguments, ctx)
}

fn about(arguments: &SqlArgs, ctx: &CommandContext<'_>) -> Result<(), Failure> {
    let session = Session::start(ctx.access, limits(arguments, ctx.access)?)?;
    say(&protections_text(session.protections()))
}

/// The SQL to run; none where the shell is asked for.
fn source(arguments: &SqlArgs) -> Result<Option<Source>, Failure> {
    let from_stdin = || {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        text_of("standard input", bytes)
    };
    match (&arguments.query, &arguments.file) {
        (Some(query), _) if query == "-" => from_stdin().map(Some),
        (Some(query), _) => Ok(Some(Source { origin: "query".to_owned(), text: query.clone() })),
        (None, Some(path)) if path == Path::new("-") => from_stdin().map(Some),
        (None, Some(path)) => {
            let name = path.display().to_string();
            write_gate::note_read(path);
            let bytes = std::fs::read(path).map_err(|error| {
                Failure::usage(format!("cannot be read: {error}")).at(name.clone()).hint("name a file of SQL")
            })?;
            text_of(&name, bytes).map(Some)
        }
        (None, None) if !io::stdin().is_terminal() => from_stdin().map(Some),
        (None, None) => Ok(None),
    }
}

fn text_of(origin: &str, bytes: Vec<u8>) -> Result<Source, Failure> {
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::usage("is not UTF-8 text").at(origin).hint("save it as UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Ok(Source { origin: origin.to_owned(), text })
}

fn one_shot(source: &Source, arguments: &SqlArgs, ctx: &CommandContext<'_>) -> Result<(), Failure> {
    let options = options(&arguments.output, false, ctx.context)?;
    let units = source.units();
    check(source, &units, arguments, options)?;
    ctx.settings.ledger.reason.check(arguments.purpose.reason.as_deref())?;
    let begun = Session::begin(ctx.access, limits(arguments, ctx.access)?)?;
    let ledger = logged::open_ledger(ctx)?;
    // While the database is being opened; what its day settles is known only then.
    let first = match units.first().filter(|_| arguments.parameters.is_empty()) {
        Some(unit) => Some(ledger.begin(logged::of_sql(&unit.sql, &[], &arguments.purpose, &ledger))?),
        None => None,
    };
    let (mut session, first) = match (begun.ready(), first) {
        (Ok(session), first) => (session, first),
        (Err(failure), Some(first)) => return first.finish(Err(failure)),
        (Err(failure), None) => return Err(failure),
    };
    tell_restricted(&session);
    let values = settle(&arguments.parameters, &mut session, ctx.context)?;
    let is_terminal = ctx.context.width.is_some() && arguments.output.file.is_none();
    let limit = arguments.limit.unwrap_or(if is_terminal { SHOWN } else { 0 });
    let output = Printing {
        options,
        limit: (limit > 0).then_some(limit),
        paging: Paging::of(&arguments.output),
        context: ctx.context,
        all: "--limit 0",
        ledger: &ledger,
        purpose: &arguments.purpose,
        first: Cell::new(first),
    };
    let mut is_first = true;
    for (place, unit) in units.iter().enumerate() {
        session.set_last(place + 1 == units.len());
        let yields = kind_of(&unit.sql) == StatementKind::Rows;
        if yields && !std::mem::take(&mut is_first) && arguments.output.file.is_none() {
            say("\n")?;
        }
        match arguments.output.file.as_ref().filter(|_| yields) {
            Some(path) => {
                write::without_manifest(path, |out| output.answer(&mut session, source, unit, &values, out))?
            }
            None => output.print(&mut session, source, unit, &values)?,
        };
    }
    Ok(())
}

/// What is wrong whatever the database says.
fn check(source: &Source, units: &[Unit], arguments: &SqlArgs, options: Options) -> Result<(), Failure> {
    if units.is_empty() {
        return Err(Failure::usage("no statement in it").at(source.origin.clone()));
    }
    let used = source.placeholders();
    let unused = arguments.parameters.iter().filter(|asked| !used.contains(&asked.name));
    let problems: Vec<_> = unused
        .map(|asked| Problem {
            message: format!("${} is not in the SQL", asked.name),
            hint: None,
            at: Some(format!("--param {}", asked.name)),
        })
        .collect();
    if !problems.is_empty() {
        return Err(Failure::of(Kind::Usage, problems));
    }
    let yields = units.iter().filter(|unit| kind_of(&unit.sql) == StatementKind::Rows).count();
    if yields > 1 && (arguments.output.file.is_some() || options.format != Format::Table) {
        let message =
            format!("{yields} of the statements yield rows, and {} holds one table", options.format.name());
        return Err(Failure::usage(message).at(source.origin.clone()).hint(
            "write steps on the way as `create temp table NAME as SELECT`, or ask for --format table",
        ));
    }
    if yields == 0 && arguments.output.file.is_some() {
        return Err(
            Failure::usage("no statement yields rows: there is nothing to write").at(source.origin.clone())
        );
    }
    Ok(())
}

fn settle(asked: &[Asked], session: &mut Session, context: &Context) -> Result<Vec<Bound>, Failure> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let today = context.today;
    let data_date = session.data_date()?.and_then(|day| day.parse().ok()).unwrap_or(today);
    Asked::settle(asked, Days { today, data_date })
}
