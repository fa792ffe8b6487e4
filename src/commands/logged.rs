//! Work that the ledger knows of before it begins and after it has ended.

use super::context::CommandContext;
use crate::cli::{Purpose, ReportCall};
use crate::embedded_sql;
use crate::explore::{Bound, literals_of};
use crate::failure::Failure;
use crate::ledger::{self, Begun, Entry, Kind, Ledger};
use crate::load;
use crate::report::Report;
use crate::runs::archive::Record;
use crate::runs::logged_parameters;

/// Reads, for a reason: what is there to be read has been found.
pub(super) fn log_read<T>(
    entry: impl FnOnce(&Ledger) -> Entry,
    purpose: &Purpose,
    ctx: &CommandContext<'_>,
    work: impl FnOnce(&Begun) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let ledger = open_ledger(ctx)?;
    let entry = entry(&ledger).for_whom(purpose.reason.as_ref(), purpose.recipient.as_ref());
    let begun = ledger.begin(entry)?;
    let done = work(&begun);
    begun.finish(done)
}

/// Changes a database, or what is kept of it. Where there is none of this program's there is nowhere to log it, and
/// nothing is done.
pub(super) fn log_change<T>(
    entry: Entry,
    ctx: &CommandContext<'_>,
    work: impl FnOnce(&Begun) -> Result<T, Failure>,
) -> Result<T, Failure> {
    if !ctx.access.path.exists() {
        ctx.access.check_path()?;
    }
    let begun = open_ledger(ctx)?.begin(entry)?;
    let done = work(&begun);
    begun.finish(done)
}

/// Writes of a database that was just made.
pub(super) fn log_creation(entry: &Entry, ctx: &CommandContext<'_>) -> Result<(), Failure> {
    open_ledger(ctx)?.note(entry)?;
    Ok(())
}

/// True where there is a file that is no database of this program's, beside which no ledger is begun.
fn is_foreign(ctx: &CommandContext<'_>) -> bool {
    !ledger::exists(ctx.access, &ctx.settings.ledger) && ctx.access.is_foreign()
}

pub(super) fn open_ledger(ctx: &CommandContext<'_>) -> Result<Ledger, Failure> {
    if is_foreign(ctx) {
        // What is wrong with the file is said as by whoever opens it.
        ctx.access.read_unverified()?;
    }
    Ledger::open(ctx.access, &ctx.settings.ledger, ctx.context)
}

/// What is about to be asked by a report.
pub(super) fn of_report(call: &ReportCall, report: &Report, ledger: &Ledger) -> Entry {
    let (parameters, asked_about) = logged_parameters::given(report, &call.given, ledger);
    let tables = tables_of(report);
    let entry = Entry::new("report", Kind::Consultation).what(report.name.clone());
    Entry { parameters, tables, asked_about, ..entry }
}

/// The tables that a report reads, itself or through what is taken in for it.
pub(super) fn tables_of(report: &Report) -> Vec<String> {
    let taken = if report.header.input.is_some() { embedded_sql::folder("run/stood") } else { Vec::new() };
    let texts: Vec<_> = taken.iter().map(|file| file.text).chain([report.text.as_str()]).collect();
    ledger::tables_of(&texts.join("\n"))
}

/// What is about to be asked in SQL: every value of a placeholder hashed, as the literals are.
pub(super) fn of_sql(sql: &str, values: &[Bound], purpose: &Purpose, ledger: &Ledger) -> Entry {
    let mut entry = Entry::new("sql", Kind::Consultation)
        .what(ledger.redact_sql(sql))
        .for_whom(purpose.reason.as_ref(), purpose.recipient.as_ref());
    for value in values {
        entry = entry.with(&value.name, ledger.hashed(&value.text));
    }
    let asked_about =
        literals_of(sql).into_iter().chain(values.iter().map(|value| value.text.clone())).collect();
    Entry { tables: ledger::tables_of(sql), asked_about, ..entry }
}

/// What is about to be done with kept runs.
pub(super) fn of_runs(verb: &str, records: &[&Record], ctx: &CommandContext<'_>, ledger: &Ledger) -> Entry {
    let ids: Vec<_> = records.iter().map(|record| record.manifest.id.as_str()).collect();
    let mut entry = Entry::new(verb, Kind::Consultation).what(ids.join(" "));
    for record in records {
        let parameters =
            record.manifest.parameters().map(|(name, value)| (name.clone(), value.clone())).collect();
        // A report that is no more says nothing of its parameters.
        let report = ctx.library.find(&record.manifest.report).ok();
        entry.parameters.extend(logged_parameters::resolved(report, &parameters, ledger));
    }
    entry
}

/// Loads, and writes of it; what was merged is a line of its own.
pub(super) fn load(order: &load::Order, ctx: &CommandContext<'_>) -> Result<load::Account, Failure> {
    let tables: Vec<_> = order.tables.iter().map(|(table, _)| table.as_str()).collect();
    let mut entry = Entry::new("load", Kind::Collection)
        .with("adapter", order.adapter.clone())
        .with("files", order.paths.len() + order.tables.len())
        .with("dry_run", order.is_dry);
    if let Some(day) = order.extract_on {
        entry = entry.with("extract_date", day.to_string());
    }
    if let Some((from, to)) = order.full {
        entry = entry.with("full", format!("{from}..{to}"));
    }
    entry.tables = tables.iter().map(|table| (*table).to_owned()).collect();
    log_change(entry, ctx, |begun| {
        let account = load::load(order, ctx.access, begun.ledger(), ctx.context)?;
        begun.set_rows(u64::try_from(account.rows_in).unwrap_or_default());
        if account.is_dry {
            return Ok(account);
        }
        begun.learn("load", account.batch_key);
        if tables.iter().any(|table| ["identities", "clusters"].contains(table)) {
            begun.ledger().note(&Entry::new("load", Kind::Combination).with("load", account.batch_key))?;
        }
        Ok(account)
    })
}
