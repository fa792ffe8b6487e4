//! `harmrank report`: a question answered on the screen, in a file, or in the archive.

use super::context::CommandContext;
use super::kept_runs::{archive_in, rerun_context};
use super::logged;
use super::output::{Paging, elsewhere, options, renderer, to_stdout};
use super::progress::Progress;
use super::streams::{end_when_cancelled, say, say_document, warn};
use crate::cli::ReportCall;
use crate::context::Context;
use crate::failure::{Failure, Kind};
use crate::interrupt;
use crate::ledger::{Begun, Ledger};
use crate::render::Options;
use crate::report::{self, Manner, Origin, Report};
use crate::runs::Manifest;
use crate::runs::logged_parameters::resolved;
use crate::runs::write::{self, Draft, Run};
use crate::sql_guard;
use duckdb::Connection;

pub(super) fn run(call: &ReportCall, ctx: &CommandContext<'_>) -> Result<(), Failure> {
    let CommandContext { access, context, .. } = *ctx;
    let report = ctx.library.find(&call.name)?;
    let options = options(&call.output, call.running.archive.is_some(), context)?;
    ctx.settings.ledger.reason.check(call.running.purpose.reason.as_deref())?;
    let of_the_user = (report.origin != Origin::BuiltIn).then_some(sql_guard::TIMEOUT);
    // A report changes nothing: it can be ended from outside its work.
    end_when_cancelled(call.running.timeout.or(of_the_user), ctx.as_json);
    // What is wrong whatever the database says comes before a database that cannot be opened.
    let connection = access.read_unverified().map_err(|failure| {
        let problems = report::problems_without_database(report, &call.given);
        if problems.is_empty() { failure } else { Failure::of(Kind::Usage, problems) }
    })?;
    interrupt::watch(&connection);
    // To print the SQL reads people too: references are looked up, and choices listed.
    let entry = |ledger: &Ledger| logged::of_report(call, report, ledger);
    let outcome = logged::log_read(entry, &call.running.purpose, ctx, |begun| {
        if call.running.print_sql {
            let manner = Manner::default();
            let ready = report::prepare(report, &call.given, context.today, access, &connection, manner)?;
            return say_document(&ready.script());
        }
        answer(call, options, report, &connection, begun, ctx)
    });
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
    ctx: &CommandContext<'_>,
) -> Result<(), Failure> {
    let CommandContext { access, context, .. } = *ctx;
    let progress = Progress::of(connection, context);
    let archive =
        call.running.archive.as_ref().map(|archive| archive_in(archive.as_ref(), ctx.settings, access));
    let draft = archive.as_deref().map(Draft::begin).transpose()?;
    let rerun = rerun_context(ctx);
    let fill = rerun.fill(None);
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
    write_run(call, &run, draft, progress, begun, context)
}

fn write_run(
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
    if options.format.is_rows_alone() {
        // Nothing of these stands in the rows.
        for note in ready.meta.notes.iter().filter(|note| note.is_warning()) {
            warn(&note.note);
        }
    }
    match (draft, &call.output.file) {
        (None, None) => {
            drop(progress);
            to_stdout(ready, connection, options, Paging::of(&call.output), context, Some(begun))
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
