//! Loading: adapter, staging in memory, merge in one transaction, account.

mod account;
mod columns;
mod source;
mod stage;

pub use account::{Account, Count};
pub use columns::{FlatColumn, Matched, flat_columns, match_columns};
pub use source::{Adapter, CsvHeader, Source, built_in_names, csv_header};

use crate::catalog;
use crate::context::Context;
use crate::database::{self, Access};
use crate::demo;
use crate::failure::Failure;
use crate::interrupt;
use duckdb::Connection;
use jiff::civil::Date;
use stage::Staging;
use std::path::PathBuf;

/// What to load and how.
#[derive(Clone, Debug)]
pub struct Order {
    /// Files, or one folder for an adapter that reads one.
    pub paths: Vec<PathBuf>,
    /// Built-in adapter by name, or a file ending in `.sql`.
    pub adapter: String,
    /// The day the extract was taken; none: the newest report date in it.
    pub extract_on: Option<Date>,
    /// Report dates, both inclusive, for which the extract is declared complete.
    pub full: Option<(Date, Date)>,
}

/// Loads what is ordered. Either all of it is in the database afterwards, or nothing is.
///
/// # Errors
/// When a source cannot be read, a required column is missing, or the database cannot be written.
pub fn load(order: &Order, access: &Access, context: &Context) -> Result<Account, Failure> {
    // A database that cannot take the load should say so before the files are read.
    drop(access.read()?);
    let sources = order.paths.iter().map(|path| Source::look(path)).collect::<Result<Vec<_>, _>>()?;
    let staging = Staging::open(access)?;
    let mut adapter = None;
    for source in &sources {
        let found = Adapter::find(&order.adapter, &source.path)?;
        staging.read(source, &found)?;
        adapter = Some(found);
    }
    let adapter = adapter.ok_or_else(|| Failure::usage("nothing to load").hint("name a file or a folder"))?;
    let origin = Origin {
        adapter: adapter.name,
        adapter_hash: adapter.hash,
        extract_on: order.extract_on,
        full: order.full,
    };
    finish(staging, &origin, access, context)
}

/// Loads the synthetic force that the SQL under `sql/demo` generates for these variables.
///
/// # Errors
/// When the database cannot be written.
pub fn generate(
    variables: &str,
    extract_on: Date,
    access: &Access,
    context: &Context,
) -> Result<Account, Failure> {
    let staging = Staging::open(access)?;
    staging.generate(variables)?;
    let origin = Origin {
        adapter: demo::ADAPTER.to_owned(),
        adapter_hash: catalog::hash_of(variables),
        extract_on: Some(extract_on),
        full: None,
    };
    finish(staging, &origin, access, context)
}

/// Where rows come from, as the record of the load keeps it.
struct Origin {
    adapter: String,
    adapter_hash: String,
    extract_on: Option<Date>,
    full: Option<(Date, Date)>,
}

fn finish(staging: Staging, origin: &Origin, access: &Access, context: &Context) -> Result<Account, Failure> {
    let newest = staging.prepare(origin.extract_on.unwrap_or(context.today))?;
    let Some(extract_on) = origin.extract_on.or(newest) else {
        return Err(staging.nothing_taken()?);
    };
    let ignored = staging.ignored();
    let (connection, folder) = staging.into_engine();
    interrupt::check()?;
    access.attach(&connection)?;
    let batch_key = merge(&connection, origin, extract_on)?;
    let account = account::read(&connection, batch_key, ignored);
    drop(connection);
    drop(folder);
    account
}

/// Merges what was staged in one transaction; returns the number of the load.
fn merge(connection: &Connection, origin: &Origin, extract_on: Date) -> Result<i32, Failure> {
    let batch_key: i32 =
        connection
            .query_row("select coalesce(max(batch_key), 0) + 1 from load_batch", [], |row| row.get(0))?;
    let day = |day: Option<Date>| day.map_or_else(|| "null::date".to_owned(), |day| format!("date '{day}'"));
    connection.execute_batch(&format!(
        "set variable batch_key = {batch_key}::integer;
         set variable extract_on = date '{extract_on}';
         set variable is_extract_on_given = {};
         set variable adapter = {};
         set variable adapter_hash = {};
         set variable full_from_on = {};
         set variable full_to_on = {};",
        origin.extract_on.is_some(),
        quoted(&origin.adapter),
        quoted(&origin.adapter_hash),
        day(origin.full.map(|(from, _)| from)),
        day(origin.full.map(|(_, to)| to)),
    ))?;
    connection.execute_batch("begin")?;
    let outcome = run_merge(connection).and_then(|()| interrupt::check());
    if outcome.is_err() {
        // What failed is undone at once; a second error would only hide the first.
        let _ = connection.execute_batch("rollback");
        return outcome.map(|()| batch_key);
    }
    connection.execute_batch("commit")?;
    interrupt::forget();
    // The load is done. What is not written into the file yet is in its log, which the next open reads.
    let _ = connection.execute_batch("checkpoint");
    Ok(batch_key)
}

fn run_merge(connection: &Connection) -> Result<(), Failure> {
    for file in catalog::folder("load/merge") {
        database::run(connection, &file)?;
    }
    Ok(())
}

/// A text as an SQL literal.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A name as an SQL identifier.
pub(crate) fn quoted_name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
