//! `harmrank load`, `loads` and `adapter`.

use super::context::CommandContext;
use super::logged;
use super::streams::{say, say_as, say_document};
use crate::atomic_file;
use crate::cli::{AdapterAction, LoadArgs, LoadsAction, Purpose};
use crate::dates;
use crate::failure::Failure;
use crate::ledger::{Entry, Kind as Act, Ledger};
use crate::load;
use crate::write_gate;
use std::io;
use std::path::Path;

pub(super) fn run(arguments: &LoadArgs, ctx: &CommandContext<'_>) -> Result<(), Failure> {
    let context = ctx.context;
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
        let message = format!("a flat extract does not go together with tables such as --{table}");
        return Err(Failure::usage(message)
            .at_path(path)
            .hint("name what the file holds as well, such as --crimes FILE, or load one after the other"));
    }
    let order = load::Order {
        paths: arguments.paths.clone(),
        tables,
        adapter: arguments.adapter.clone(),
        extract_on,
        full,
        is_dry: arguments.dry_run,
        is_strict: arguments.strict,
        values: arguments.value.clone(),
        code_system: arguments.code_system.clone(),
        reading: arguments.reads.reading(&arguments.map, &arguments.carry),
    };
    let account = logged::load(&order, ctx)?;
    say_as(arguments.format, &account, &account.to_string())
}

/// `is_protected`: the loads of the file of protected characteristics.
pub(super) fn loads(
    action: &LoadsAction,
    is_protected: bool,
    purpose: &Purpose,
    ctx: &CommandContext<'_>,
) -> Result<(), Failure> {
    let of_protected = ctx.access.of_protected();
    if is_protected && !of_protected.path.exists() {
        return Err(Failure::failed("no protected characteristics have been loaded")
            .at_path(&of_protected.path)
            .hint("load them with `harmrank load --protected FILE`"));
    }
    let access = if is_protected { &of_protected } else { ctx.access };
    let entry = |verb: &str, kind: Act| {
        let entry = Entry::new(verb, kind);
        if is_protected { entry.with("protected", true) } else { entry }
    };
    match action {
        LoadsAction::List { format } => {
            let connection = access.read()?;
            let entry = |_: &Ledger| entry("loads list", Act::Consultation);
            let batches = logged::log_read(entry, purpose, ctx, |_| load::list(&connection))?;
            say_as(*format, &batches, &load::listing(&batches, ctx.context.width))
        }
        LoadsAction::Show { number, format } => {
            let connection = access.read()?;
            let entry = |_: &Ledger| entry("loads show", Act::Consultation).with("load", *number);
            let account = logged::log_read(entry, purpose, ctx, |_| load::show(&connection, *number))?;
            say_as(*format, &account, &account.to_string())
        }
        LoadsAction::Undo { number, with_later, format } => {
            let entry = entry("loads undo", Act::Alteration)
                .with("load", *number)
                .with("with_later", *with_later)
                .for_whom(purpose.reason.as_ref(), None);
            let undone =
                logged::log_change(entry, ctx, |_| load::undo(*number, *with_later, access, ctx.context))?;
            say_as(*format, &undone, &undone.to_string())
        }
    }
}

pub(super) fn adapter(action: &AdapterAction) -> Result<(), Failure> {
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
        AdapterAction::Show { name } => say_document(load::built_in(name)?.text),
        AdapterAction::New(arguments) => {
            let draft = load::draft_adapter(&arguments.path, &arguments.reads.reading(&[], &[]))?;
            match &arguments.output {
                None => say_document(&draft),
                Some(path) => write_new(path, &draft),
            }
        }
    }
}

/// Writes a file that does not exist yet, complete or not at all.
fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    write_gate::check_new(path)?;
    atomic_file::create_new(path, text.as_bytes()).map_err(|error| {
        let at = |message: &str| Failure::failed(message).at_path(path);
        match error.kind() {
            io::ErrorKind::AlreadyExists => {
                at("exists already; nothing was written").hint("name another file, or remove it first")
            }
            _ => at(&error.to_string()),
        }
    })
}
