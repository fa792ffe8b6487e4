//! The loads a database has had: listed, shown again, taken back.

use super::account::{self, Account};
use super::protected;
use super::transaction::{End, in_one_transaction, run_folder, settle};
use crate::context::Context;
use crate::database::Access;
use crate::failure::Failure;
use crate::wording::{number_of, rows, with_thousands};
use duckdb::Connection;
use serde::Serialize;
use std::fmt;
use tabled::builder::Builder;
use tabled::settings::object::Columns;
use tabled::settings::{Alignment, Modify, Style, Width};

/// One load, in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Batch {
    /// Number of the load.
    pub(crate) batch_key: i32,
    pub(crate) extract_on: String,
    /// Adapter that read it.
    pub(crate) adapter: String,
    pub(crate) rows_in: i64,
    /// Rows of crimes not held before.
    pub(crate) rows_new: i64,
    /// Rows of crimes that differ from the version held.
    pub(crate) rows_replaced: i64,
    pub(crate) rows_refused: i64,
    /// Files it came from, separated by commas.
    pub(crate) file_names: String,
    /// Day on which it was taken back; none: it stands.
    pub(crate) undone_on: Option<String>,
}

/// What was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Undone {
    pub(crate) batch: Batch,
    /// Later loads that were taken back with it, the newest first.
    pub(crate) later: Vec<Batch>,
    pub(crate) crimes: i64,
    /// People of whom the file holds a protected characteristic now; none: a load of something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) protected: Option<i64>,
}

/// The number the next load gets; that of a load taken back is not given again.
pub(super) fn next_key(connection: &Connection) -> Result<i32, Failure> {
    Ok(connection.query_row(
        "select greatest(
             (select coalesce(max(batch_key), 0) from load_batch),
             (select coalesce(max(batch_key), 0) from load_undone)
         ) + 1",
        [],
        |row| row.get(0),
    )?)
}

/// All loads in order, those taken back included.
pub(crate) fn list(connection: &Connection) -> Result<Vec<Batch>, Failure> {
    let batches = connection
        .prepare(
            "select batch_key, extract_on::varchar, adapter, rows_in, rows_new, rows_replaced, rows_refused,
                 (
                     select coalesce(string_agg(file_name, ', ' order by file_number), '')
                     from load_file where load_file.batch_key = load_batch.batch_key
                 ) as file_names,
                 null as undone_on
             from load_batch
             union all
             select batch_key, extract_on::varchar, adapter, rows_in, 0, 0, 0, file_names, undone_on::varchar
             from load_undone
             order by batch_key",
        )?
        .query_map([], |row| {
            Ok(Batch {
                batch_key: row.get(0)?,
                extract_on: row.get(1)?,
                adapter: row.get(2)?,
                rows_in: row.get(3)?,
                rows_new: row.get(4)?,
                rows_replaced: row.get(5)?,
                rows_refused: row.get(6)?,
                file_names: row.get(7)?,
                undone_on: row.get(8)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(batches)
}

/// The account of one load once more; what is held is counted as of now.
pub(crate) fn show(connection: &Connection, batch_key: i32) -> Result<Account, Failure> {
    find(connection, batch_key)?;
    account::read(connection, batch_key)
}

fn find(connection: &Connection, batch_key: i32) -> Result<Batch, Failure> {
    let batches = list(connection)?;
    let numbers: Vec<_> = batches
        .iter()
        .filter(|batch| batch.undone_on.is_none())
        .map(|batch| batch.batch_key.to_string())
        .collect();
    match batches.into_iter().find(|batch| batch.batch_key == batch_key) {
        Some(Batch { undone_on: Some(day), .. }) => {
            Err(Failure::usage(format!("load {batch_key} was taken back on {day}"))
                .hint("see `harmrank loads list`"))
        }
        Some(batch) => Ok(batch),
        None => Err(Failure::usage(format!("no load {batch_key}")).hint(if numbers.is_empty() {
            "nothing has been loaded".to_owned()
        } else {
            format!("loads: {}", numbers.join(", "))
        })),
    }
}

/// Takes a load back: every table is as it was before it, but for the record that it was there.
///
/// Only the newest, or, `with_later`, together with all that came after it: what a later load said was weighed against
/// this one, and what it did not say again because it was held already would be lost.
pub(crate) fn undo(
    batch_key: i32,
    with_later: bool,
    access: &Access,
    context: &Context,
) -> Result<Undone, Failure> {
    let connection = access.write()?;
    let batch = find(&connection, batch_key)?;
    let mut later: Vec<_> = list(&connection)?
        .into_iter()
        .filter(|other| other.batch_key > batch_key && other.undone_on.is_none())
        .collect();
    later.reverse();
    if !later.is_empty() && !with_later {
        let numbers: Vec<_> = later.iter().map(|other| other.batch_key.to_string()).collect();
        let flag = if protected::is_one(&connection)? { " --protected" } else { "" };
        return Err(Failure::usage(format!("load {batch_key} is not the newest"))
            .at_path(&access.path)
            .hint(format!(
                "later loads were compared with it: `harmrank loads undo {batch_key}{flag} --with-later` undoes {} \
                 as well; then reload any you still want",
                numbers.join(", ")
            )));
    }
    refuse_what_was_forgotten(batch_key, &connection)?;
    // Nothing is read after its end: on a full disk that would fail though all of it is done.
    let held = in_one_transaction(&connection, End::Commit, || {
        for undone in later.iter().chain([&batch]) {
            take_back(undone.batch_key, &connection, context)?;
        }
        // What comes back was judged by the rules of its day.
        run_folder(&connection, "load/anew", "")?;
        settle(&connection)?;
        account::held(&connection)
    })?;
    Ok(Undone { batch, later, crimes: held.crimes, protected: held.protected })
}

/// The newest load goes, within a transaction.
fn take_back(batch_key: i32, connection: &Connection, context: &Context) -> Result<(), Failure> {
    let variables =
        format!("set variable batch_key = {batch_key}; set variable today = date '{}';", context.today);
    run_folder(connection, "load/undo", &variables)?;
    if protected::is_one(connection)? { run_folder(connection, "load/undo_protected", "") } else { Ok(()) }
}

/// A load from before somebody was forgotten replaced versions that are no longer whole.
fn refuse_what_was_forgotten(batch_key: i32, connection: &Connection) -> Result<(), Failure> {
    let forgotten_on: Option<String> = connection.query_row(
        "select max(forgotten_on)::varchar from suppression where after_load >= ?",
        [batch_key],
        |row| row.get(0),
    )?;
    match forgotten_on {
        None => Ok(()),
        Some(day) => Err(Failure::usage(format!(
            "load {batch_key} cannot be taken back: somebody was forgotten on {day}, and what it replaced is no longer whole"
        ))
        .hint("load the extract you want to keep; people who were forgotten stay out of it")),
    }
}

/// Narrowest a column of file names becomes, however narrow the page.
const NARROWEST_FILES: usize = 20;

/// One line per load, for people; on a page of a width, in characters, the names of many files go over several.
pub(crate) fn listing(batches: &[Batch], page: Option<usize>) -> String {
    if batches.is_empty() {
        return "nothing has been loaded\n".to_owned();
    }
    let mut table = Builder::new();
    table.push_record(["load", "extract of", "adapter", "rows in", "new", "replaced", "refused", "files"]);
    for batch in batches {
        table.push_record([
            batch.batch_key.to_string(),
            batch.extract_on.clone(),
            batch.adapter.clone(),
            with_thousands(batch.rows_in),
            with_thousands(batch.rows_new),
            with_thousands(batch.rows_replaced),
            with_thousands(batch.rows_refused),
            files_of(batch),
        ]);
    }
    let mut table = table.build();
    table.with(Style::blank()).with(Modify::new(Columns::new(3..=6)).with(Alignment::right()));
    if let Some(page) = page.filter(|page| table.total_width() > *page) {
        let longest = batches.iter().map(|batch| files_of(batch).chars().count()).max().unwrap_or(0);
        let others = table.total_width() - longest.min(table.total_width());
        let width = page.saturating_sub(others).max(NARROWEST_FILES);
        table.with(Modify::new(Columns::one(7)).with(Width::wrap(width).keep_words(true)));
    }
    let lines = table.to_string();
    lines.lines().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

fn files_of(batch: &Batch) -> String {
    match &batch.undone_on {
        Some(day) => format!("{} (taken back on {day})", batch.file_names),
        None => batch.file_names.clone(),
    }
}

impl fmt::Display for Undone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for batch in self.later.iter().chain([&self.batch]) {
            writeln!(
                out,
                "load {} of {} taken back: {} from {}",
                batch.batch_key,
                batch.extract_on,
                rows(batch.rows_in),
                batch.file_names,
            )?;
        }
        let held = match self.protected {
            Some(people) => number_of(people, ["person", "people"]),
            None => number_of(self.crimes, ["crime", "crimes"]),
        };
        writeln!(out, "the database contains: {held}")
    }
}
