//! `harmrank forget` and `harmrank restrict`: what is done for one person's sake.

use super::context::CommandContext;
use super::kept_runs::{archive_in, schedule_folders};
use super::logged;
use super::output::{options, write_output};
use super::streams::{say, say_as, tell};
use crate::cli::{ForgetArgs, Output, Purpose, RestrictAction, RestrictArgs};
use crate::database::{data_date, sql_file};
use crate::failure::Failure;
use crate::forget::{self, Forgotten};
use crate::ledger::{Entry, Kind as Act, Ledger};
use crate::report::{Meta, Origin, Ready, Report};
use crate::restrict;
use crate::wording::number_of;
use serde_json::Map;
use std::io::{self, IsTerminal as _};

pub(super) fn forget(arguments: &ForgetArgs, ctx: &CommandContext<'_>) -> Result<(), Failure> {
    if let Some(missing) = arguments.archive.iter().find(|folder| !folder.is_dir()) {
        return Err(Failure::usage("no such folder of kept runs; nothing was changed").at_path(missing));
    }
    let order = forget::Order {
        person: arguments.person.clone(),
        archives: std::iter::once(archive_in(None, ctx.settings, ctx.access))
            .chain(schedule_folders(ctx)?)
            .chain(arguments.archive.iter().cloned())
            .collect(),
        is_dry: arguments.dry_run,
    };
    let act = if arguments.dry_run { Act::Consultation } else { Act::Erasure };
    let entry = about("forget", act, &arguments.person, &arguments.why, ctx)?;
    let forgotten = logged::log_change(entry.with("dry_run", arguments.dry_run), ctx, |begun| {
        let confirm =
            |found: &Forgotten| if arguments.yes { Ok(()) } else { ask_again(&arguments.person, found) };
        let forgotten = forget::forget(&order, ctx.access, begun.ledger(), ctx.context, &confirm)?;
        let references: Vec<_> =
            forgotten.references.iter().map(|reference| begun.ledger().hashed(reference)).collect();
        begun.learn("references", references);
        begun.learn("runs", forgotten.runs.iter().map(|run| run.id.clone()).collect::<Vec<_>>());
        Ok(forgotten)
    })?;
    let archive = ctx.settings.archive.iter().find(|archive| !archive.is_dir());
    if let Some(missing) = archive {
        tell(&format!(
            "harmrank: {}: no such folder, named by archive in harmrank.toml: runs kept there are not reached\n",
            missing.display()
        ));
    }
    say_as(arguments.format, &forgotten, &forgotten.to_string())
}

/// On a terminal, asks for the reference again: what is forgotten does not come back.
fn ask_again(person: &str, found: &Forgotten) -> Result<(), Failure> {
    if !io::stdin().is_terminal() {
        return Ok(());
    }
    tell(&format!(
        "This removes {} for good, from the data and {}.\nType the reference again to go on: ",
        found.references.join(", "),
        number_of(found.runs.len(), ["kept run", "kept runs"])
    ));
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    if answer.trim() == person {
        return Ok(());
    }
    Err(Failure::usage("the reference was not given again; nothing was changed")
        .at("--person")
        .hint("type it as it was given; --yes goes on without asking"))
}

pub(super) fn restrict(arguments: &RestrictArgs, ctx: &CommandContext<'_>) -> Result<(), Failure> {
    if let Some(RestrictAction::List { purpose, output }) = &arguments.action {
        return list_restricted(purpose, output, ctx);
    }
    let (person, why) = (arguments.person.as_deref(), arguments.why.as_deref());
    let (person, why) = (person.unwrap_or_default(), why.unwrap_or_default());
    let verb = if arguments.lift { "restrict --lift" } else { "restrict" };
    let entry = about(verb, Act::Alteration, person, why, ctx)?;
    let said = logged::log_change(entry, ctx, |_| {
        if arguments.lift {
            restrict::lift(person, why, ctx.access, ctx.context)
        } else {
            restrict::restrict(person, why, ctx.access, ctx.context)
        }
    })?;
    say(&format!("{said}\n"))
}

/// Who is restricted now: people, so that the ledger knows of it first.
fn list_restricted(purpose: &Purpose, output: &Output, ctx: &CommandContext<'_>) -> Result<(), Failure> {
    let options = options(output, false, ctx.context)?;
    ctx.settings.ledger.reason.check(purpose.reason.as_deref())?;
    let connection = ctx.access.read()?;
    let entry = |_: &Ledger| {
        let entry = Entry::new("restrict list", Act::Consultation);
        Entry { tables: vec!["person".to_owned(), "restriction".to_owned()], ..entry }
    };
    let outcome = logged::log_read(entry, purpose, ctx, |begun| {
        let text = sql_file("guard/restricted_list.sql")?.text;
        let report = Report::parse("restrict list", text, Origin::BuiltIn, None)?;
        let day = data_date(&connection).unwrap_or(ctx.context.today).to_string();
        let meta = Meta::of(&report, Map::new(), None, day, Vec::new());
        let ready = Ready::of_engine(&report, meta, &connection)?;
        write_output(&ready, &connection, output, options, ctx.context, Some(begun))
    });
    ctx.access.leave(connection);
    outcome
}

/// What is done about somebody, whose reference the ledger keeps as a keyed hash alone.
fn about(verb: &str, act: Act, person: &str, why: &str, ctx: &CommandContext<'_>) -> Result<Entry, Failure> {
    if why.trim().is_empty() {
        return Err(Failure::usage("no reason given").at("--why").hint("say why; the ledger keeps it"));
    }
    let mut entry = Entry::new(verb, act).for_whom(Some(&why.to_owned()), None);
    if ctx.access.path.exists() {
        let ledger = logged::open_ledger(ctx)?;
        entry = entry.with("person", ledger.hashed(person));
    }
    // Any of their references may stand in the reason.
    let held = if ctx.access.path.exists() { forget::references(person, ctx.access)? } else { Vec::new() };
    entry.asked_about = std::iter::once(person.to_owned()).chain(held).collect();
    Ok(entry)
}
