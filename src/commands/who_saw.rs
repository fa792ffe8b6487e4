//! `harmrank ledger who-saw`: who saw a person, also as a row of a list.

use super::context::CommandContext;
use super::kept_runs::{archive_in, schedule_folders};
use super::logged;
use super::output::{options, write_output};
use super::streams::tell;
use crate::cli::WhoSaw;
use crate::database::{run, sql_file};
use crate::failure::Failure;
use crate::forget;
use crate::ledger::{self, Begun, Entry, Filter, Kind, Ledger};
use crate::report::{Meta, Origin, Ready, Report};
use duckdb::Connection;
use serde_json::Map;

pub(super) fn who_saw(arguments: &WhoSaw, ctx: &CommandContext<'_>) -> Result<(), Failure> {
    ctx.access.check_path()?;
    let entry = |ledger: &Ledger| {
        let entry = Entry::new("ledger who-saw", Kind::Consultation);
        Entry {
            asked_about: vec![arguments.person.clone()],
            ..entry.with("person", ledger.hashed(&arguments.person))
        }
    };
    logged::log_read(entry, &arguments.purpose, ctx, |begun| answer(arguments, begun, ctx))
}

fn answer(arguments: &WhoSaw, begun: &Begun, ctx: &CommandContext<'_>) -> Result<(), Failure> {
    let options = options(&arguments.output, false, ctx.context)?;
    let mut folders = vec![archive_in(None, ctx.settings, ctx.access)];
    folders.extend(schedule_folders(ctx)?);
    folders.extend(arguments.archive.iter().cloned());
    let seen = forget::seen_in_runs(&arguments.person, &folders, ctx.access)?;
    let shown = ledger::show(&Filter::default(), ctx.access, &ctx.settings.ledger)?;
    let connection = &shown.connection;
    run(connection, &sql_file("ledger/who_saw_input.sql")?)?;
    take_in(&seen, begun, connection)?;
    // This read itself is the answer, not a part of it.
    let head = begun.head();
    connection.execute(
        "delete from ledger_line where file = ? and (content ->> 'n')::bigint = ?",
        duckdb::params![head.file, i64::try_from(head.line).unwrap_or(i64::MAX)],
    )?;
    let others: usize = connection.query_row(
        "select count(*) from ledger_line where content ->> 'key' <> ? and content ->> 'event' <> 'ended'",
        [begun.ledger().key_id()],
        |row| row.get(0),
    )?;
    if others > 0 {
        tell(&format!(
            "harmrank: {others} entries were hashed with another key: who asked about the person by a reference is \
             not found in them\n"
        ));
    }
    let text = sql_file("ledger/who_saw.sql")?.text;
    let report = Report::parse("ledger who-saw", text, Origin::BuiltIn, None)?;
    let mut parameters = Map::new();
    parameters.insert("references".to_owned(), seen.references.join(", ").into());
    let meta = Meta::of(&report, parameters, None, ctx.context.today.to_string(), Vec::new());
    let ready = Ready::of_engine(&report, meta, connection)?;
    write_output(&ready, connection, &arguments.output, options, ctx.context, Some(begun))
}

/// Takes in the hashes of the references, and the kept runs.
fn take_in(seen: &forget::SeenInRuns, begun: &Begun, connection: &Connection) -> Result<(), Failure> {
    for reference in &seen.references {
        connection.execute("insert into person_hash values (?)", [begun.ledger().hashed(reference)])?;
    }
    for run in &seen.runs {
        let (file, line) = match &run.ledger {
            Some(head) => (Some(head.file.as_str()), i64::try_from(head.line).ok()),
            None => (None, None),
        };
        connection.execute(
            "insert into kept_run values (?, ?, ?, ?)",
            duckdb::params![run.id, run.shown, file, line],
        )?;
    }
    Ok(())
}
