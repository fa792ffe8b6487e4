//! How to open the same database in a client that is not this program.

use crate::cli::{Client, Purpose};
use crate::commands::context::CommandContext;
use crate::commands::logged;
use crate::failure::Failure;
use crate::ledger::{Entry, Kind};
use crate::wording;
use clap::ValueEnum;

/// The command, for reading alone: opened for writing, nobody else could read meanwhile.
pub(super) fn how(client: Client, purpose: &Purpose, ctx: &CommandContext<'_>) -> Result<String, Failure> {
    if !ctx.settings.sql.open {
        return Err(Failure::usage("is switched off: [sql] open = false in harmrank.toml")
            .at("--open")
            .hint("ask here: harmrank sql"));
    }
    // What cannot be read here is not opened elsewhere.
    drop(ctx.access.read()?);
    let word = client.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    let entry = Entry::new("sql open", Kind::Consultation).what(word);
    logged::open_ledger(ctx)?.note(&entry.for_whom(purpose.reason.as_ref(), purpose.recipient.as_ref()))?;
    let path = ctx.access.path.canonicalize()?.display().to_string();
    let command = match client {
        Client::Duckdb => format!("duckdb -readonly {}", wording::shell_word(&path)),
        Client::Python => {
            format!("import duckdb\nconnection = duckdb.connect({}, read_only=True)", quoted(&path))
        }
        Client::R => format!(
            "library(duckdb)\nconnection <- dbConnect(duckdb(), dbdir = {}, read_only = TRUE)",
            quoted(&path)
        ),
    };
    // A comment in all three.
    Ok(format!("# What is asked there is not in the ledger.\n{command}\n"))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}
