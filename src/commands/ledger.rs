//! `harmrank ledger`: who asked what, and whether the record of it is whole.

use super::context::CommandContext;
use super::kept_runs::noted_lines;
use super::output::{options, write_output};
use super::streams::{say, say_json, tell};
use super::who_saw::who_saw;
use crate::cli::{LedgerAction, LedgerShow, ListForm};
use crate::database::sql_file;
use crate::dates;
use crate::failure::{Failure, Kind};
use crate::ledger::{self, Filter, Found};
use crate::report::{Meta, Origin, Ready, Report};
use crate::wording::number_of;
use std::fmt::Write as _;

pub(super) fn run(action: &LedgerAction, ctx: &CommandContext<'_>) -> Result<(), Failure> {
    match action {
        LedgerAction::Show(arguments) => show(arguments, ctx),
        LedgerAction::WhoSaw(arguments) => who_saw(arguments, ctx),
        LedgerAction::Verify { head, format } => {
            let noted = noted_lines(ctx)?;
            report_found(ledger::verify(&ctx.access.path, &ctx.settings.ledger, head, &noted)?, *format)
        }
    }
}

fn show(arguments: &LedgerShow, ctx: &CommandContext<'_>) -> Result<(), Failure> {
    let today = ctx.context.today;
    let day = |text: &Option<String>, flag: &str| {
        let read = |text: &String| {
            dates::read(text, today, today).ok_or_else(|| {
                Failure::usage(format!("{text:?} is not a day"))
                    .at(flag)
                    .hint("write 2026-06-30, today or -7d")
            })
        };
        text.as_ref().map(read).transpose()
    };
    let whole_day = day(&arguments.day, "--day")?;
    let filter = Filter {
        references: [arguments.person.clone(), arguments.crime.clone()].concat(),
        user: arguments.user.clone(),
        from: whole_day.or(day(&arguments.from, "--from")?),
        to: whole_day.or(day(&arguments.to, "--to")?),
    };
    if let (Some(from), Some(to)) = (filter.from, filter.to)
        && to < from
    {
        return Err(Failure::usage(format!("a span that ends on {to} cannot begin on {from}"))
            .at("--from")
            .hint("give the earlier day to --from, the later to --to; both are in it"));
    }
    let output = &arguments.output;
    let options = options(output, false, ctx.context)?;
    let shown = ledger::show(&filter, ctx.access, &ctx.settings.ledger)?;
    if shown.unsearched > 0 {
        let entries = number_of(shown.unsearched, ["entry was", "entries were"]);
        tell(&format!(
            "harmrank: {entries} hashed with another key: the references cannot be found in them\n"
        ));
    }
    let report = Report::parse("ledger show", sql_file("ledger/show.sql")?.text, Origin::BuiltIn, None)?;
    let meta = Meta::of(&report, shown.parameters, None, today.to_string(), Vec::new());
    let ready = Ready::of_engine(&report, meta, &shown.connection)?;
    write_output(&ready, &shown.connection, output, options, ctx.context, None)
}

/// Whole is exit 0, anything else exit 5.
fn report_found(found: Found, format: ListForm) -> Result<(), Failure> {
    if format == ListForm::Json {
        say_json(&found)?;
    } else {
        let mut text = String::new();
        for file in &found.files {
            let lines = number_of(file.lines, ["line", "lines"]);
            let _ = writeln!(text, "{}  {lines}, head {}", file.file, file.head);
        }
        for note in &found.notes {
            let _ = writeln!(text, "note: {note}");
        }
        if found.heads > 0 {
            let _ = writeln!(text, "hashes noted elsewhere and found: {}", found.heads);
        }
        if found.problems.is_empty() {
            text.push_str("whole: every line is as it was written\n");
        }
        say(&text)?;
    }
    if found.problems.is_empty() { Ok(()) } else { Err(Failure::of(Kind::Check, found.problems)) }
}
