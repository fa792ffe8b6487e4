//! Loading: adapter, staging in memory, merge in one transaction, account.

mod account;
mod batch;
mod columns;
mod decision;
mod draft;
mod file;
mod form;
mod protected;
mod room;
mod source;
mod stage;
mod suppression;

pub(crate) use account::Account;
pub(crate) use batch::{list, listing, show, undo};
pub(crate) use columns::{Mapping, column_help};
pub(crate) use draft::draft_adapter;
pub(crate) use file::{Encoding, Marks, Reading};
#[cfg(test)]
pub(crate) use form::table_names;
pub(crate) use protected::is_one as is_protected;
pub(crate) use source::{Adapter, Source, built_in, built_in_names};

use crate::context::Context;
use crate::database::verified_cache;
use crate::database::{self, Access, quoted, sql_file};
use crate::embedded_sql;
use crate::failure::Failure;
use crate::interrupt;
use crate::ledger::Ledger;
use crate::suggest::did_you_mean_quoted;
use duckdb::Connection;
use file::ReadPath;
use jiff::civil::Date;
use protected::Target;
use stage::Staging;
use std::path::PathBuf;
use suppression::Suppression;

/// What to load and how.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// Files, or one folder for an adapter that reads one.
    pub(crate) paths: Vec<PathBuf>,
    /// Files of a load by tables, instead, each with the name of its table.
    pub(crate) tables: Vec<(String, PathBuf)>,
    /// Built-in adapter by name, or a file ending in `.sql`.
    pub(crate) adapter: String,
    /// The day the extract was taken; none: the newest report date in it.
    pub(crate) extract_on: Option<Date>,
    /// Report dates, both inclusive, for which the extract is declared complete.
    pub(crate) full: Option<(Date, Date)>,
    /// Give the account and leave the database as it is.
    pub(crate) is_dry: bool,
    /// Refuse what an analyst would have to decide first.
    pub(crate) is_strict: bool,
    /// Statuses of the source taken for statuses of ours.
    pub(crate) values: Vec<Mapping>,
    /// Code system of records that do not say theirs.
    pub(crate) code_system: Option<String>,
    /// What the user said of the files.
    pub(crate) reading: Reading,
}

impl Order {
    /// Nothing, or what cannot be meant.
    fn check(&self) -> Result<(), Failure> {
        let has_crimes = self.tables.is_empty() || self.tables.iter().any(|(table, _)| table == form::CRIMES);
        if self.full.is_some() && !has_crimes {
            return Err(Failure::usage("declares crimes complete, and no file holds crimes")
                .at("--full")
                .hint("give the crimes with --crimes FILE, or leave --full out"));
        }
        Ok(())
    }
}

/// Loads what is ordered. Either all of it is in the database afterwards, or nothing is.
pub(crate) fn load(
    order: &Order,
    access: &Access,
    ledger: &Ledger,
    context: &Context,
) -> Result<Account, Failure> {
    order.check()?;
    // A database that cannot take the load should say so before the files are read.
    let suppression = Suppression::of(&access.read()?, ledger)?;
    let target = Target::of(order, access)?;
    let flat = order.paths.iter().map(|path| (None, path));
    let tables = order.tables.iter().map(|(table, path)| (Some(table.as_str()), path));
    let sources = flat
        .chain(tables)
        .map(|(table, path)| Ok((table, Source::look(path)?)))
        .collect::<Result<Vec<_>, Failure>>()?;
    if !order.is_dry {
        room::check(&target.access.path, sources.iter().map(|(_, source)| source.bytes).sum())?;
    }
    let staging = Staging::open(access)?;
    staging.take_values(&order.values)?;
    staging.take_code_system(order.code_system.as_deref())?;
    let (adapter, read) = read_sources(&staging, &sources, order)?;
    if let Some(missing) = order.reading.carry.iter().find(|name| !staging.carries(name)) {
        let unread = staging.unread_columns();
        let guess = did_you_mean_quoted(missing, &unread);
        return Err(Failure::usage(format!("no column {missing:?} to carry along"))
            .at("--carry")
            .hint(format!("{guess}columns that are not read: {}", unread.join(", "))));
    }
    drop(read);
    let adapter = adapter.ok_or_else(|| Failure::usage("nothing to load").hint("name a file or a folder"))?;
    let origin = Origin {
        adapter: if order.tables.is_empty() { adapter.name } else { "tables".to_owned() },
        adapter_hash: adapter.hash,
        extract_on: order.extract_on,
        full: order.full,
        is_dry: order.is_dry,
        is_strict: order.is_strict,
        values: order.values.iter().map(|value| format!("{}={}", value.theirs, value.ours)).collect(),
        code_system: order.code_system.clone(),
    };
    let newest = staging.prepare(order.extract_on.unwrap_or(context.today), &suppression)?;
    if order.full.is_some() && !staging.holds_crimes()? {
        return Err(Failure::failed("declared complete, and the files hold no crime; nothing was changed")
            .at("--full")
            .hint("every crime held of those dates would be withdrawn: was the export cut off?"));
    }
    finish(staging, newest, &origin, &suppression, (access, &target))
}

/// Reads the sources in order, each once; returns the adapter of the last, and the copies that were read.
fn read_sources(
    staging: &Staging,
    sources: &[(Option<&str>, Source)],
    order: &Order,
) -> Result<(Option<Adapter>, Vec<ReadPath>), Failure> {
    let (mut adapter, mut read) = (None, Vec::new());
    for (place, (table, source)) in sources.iter().enumerate() {
        let is_same = |(other, earlier): &&(_, Source)| other == table && earlier.hash == source.hash;
        if let Some((_, earlier)) = sources[..place].iter().find(is_same) {
            staging.note_same_file(&source.name, &earlier.name);
            continue;
        }
        let found = Adapter::find(&order.adapter, &source.path)?;
        let form = staging.form(*table)?;
        let reading = order.reading.of_columns(&form.columns);
        let ready = found.ready(&source.path, &reading, staging.folder())?;
        staging.read(source, &found, &ready, &reading, &form)?;
        // Its rows are staged; the room it takes may be needed.
        ready.path.clear();
        read.push(ready.path);
        adapter = Some(found);
    }
    Ok((adapter, read))
}

/// Loads the synthetic force that the SQL under `sql/demo` generates for these variables, under the name of `adapter`, into a database that is
/// there once `made` says so.
pub(crate) fn generate(
    adapter: &str,
    variables: &str,
    extract_on: Date,
    access: &Access,
    made: impl FnOnce() -> Result<(), Failure>,
) -> Result<Account, Failure> {
    let staging = Staging::open(access)?;
    staging.generate(variables)?;
    let origin = Origin {
        adapter: adapter.to_owned(),
        adapter_hash: embedded_sql::hash_of(variables),
        extract_on: Some(extract_on),
        full: None,
        is_dry: false,
        is_strict: false,
        values: Vec::new(),
        code_system: None,
    };
    let suppression = Suppression::default();
    let newest = staging.prepare(extract_on, &suppression)?;
    made()?;
    finish(staging, newest, &origin, &suppression, (access, &Target::itself(access)))
}

/// Where rows come from, as the record of the load keeps it.
struct Origin {
    adapter: String,
    adapter_hash: String,
    extract_on: Option<Date>,
    full: Option<(Date, Date)>,
    is_dry: bool,
    is_strict: bool,
    /// What `--value` said, theirs=ours.
    values: Vec<String>,
    code_system: Option<String>,
}

/// Merges what was prepared, its newest report date known, into the database.
fn finish(
    staging: Staging,
    newest: Option<Date>,
    origin: &Origin,
    suppression: &Suppression<'_>,
    (access, target): (&Access, &Target),
) -> Result<Account, Failure> {
    let Some(extract_on) = origin.extract_on.or(newest) else {
        return Err(staging.nothing_taken()?);
    };
    let unread = staging.unread_columns();
    let warnings = staging.warnings();
    let given = format!("{} set variable extract_on = date '{extract_on}';", staging.given());
    let gives_lists = staging.gives_lists();
    let completion = Completion {
        is_by_table: staging.is_by_table(),
        says_part: staging.says_part(),
        carries_any: staging.carries_any(),
    };
    let (connection, folder) = staging.into_engine();
    interrupt::check()?;
    let before = room::size_of(&target.access.path);
    target.access.attach(&connection)?;
    if target.is_protected {
        // The list of the forgotten is that of the other file.
        suppression.still_holds(&access.read()?)?;
    } else {
        suppression.still_holds(&connection)?;
    }
    connection.execute_batch(&given)?;
    completion.run(&connection)?;
    let outcome = merge(&connection, origin, &Said { unread, warnings, given, gives_lists });
    let is_let_go = outcome.is_ok() && {
        // Only this program's SQL has run in it since it was verified, and nobody else could write to it.
        verified_cache::remember(&target.access.path);
        connection.execute_batch("use staging; detach harm;").is_ok()
    };
    if is_let_go {
        // What was staged goes with the process, which is about to end: freeing it piece by piece would keep a user
        // waiting.
        std::mem::forget(connection);
    } else {
        drop(connection);
    }
    drop(folder);
    if outcome.is_err() {
        room::give_back(&target.access, before);
    }
    outcome.and_then(|account| target.publish().map(|()| account))
}

/// What decides how much of what the sources leave out is taken from what is held.
struct Completion {
    /// The sources are tables or lists.
    is_by_table: bool,
    /// What they say of their crimes may leave something out.
    says_part: bool,
    /// Something is carried along.
    carries_any: bool,
}

impl Completion {
    /// Looks up the crimes of which suspects or victims alone are named, then says who the people are, then takes what
    /// is left out from what is held.
    fn run(&self, connection: &Connection) -> Result<(), Failure> {
        if self.is_by_table {
            run_folder(connection, "load/complete/crime", "")?;
        }
        connection.execute_batch("use staging")?;
        Staging::describe(connection)?;
        connection.execute_batch("use harm")?;
        if self.says_part || (!self.carries_any && holds_carried(connection)?) {
            run_folder(connection, "load/complete", "")?;
        }
        Ok(())
    }
}

/// What staging knows of the sources besides their rows.
struct Said {
    /// Columns that were not read.
    unread: Vec<String>,
    /// What the user must know of how they were read.
    warnings: Vec<String>,
    /// Which parts of the record they speak of, as SQL that sets variables.
    given: String,
    /// Whether a list that is given whole is among them.
    gives_lists: bool,
}

/// Merges what was staged in one transaction; returns the account of the load.
fn merge(connection: &Connection, origin: &Origin, said: &Said) -> Result<Account, Failure> {
    let batch_key = batch::next_key(connection)?;
    let day = |day: Option<Date>| day.map_or_else(|| "null::date".to_owned(), |day| format!("date '{day}'"));
    let joined = |texts: &[String], between: &str| {
        if texts.is_empty() { "null::varchar".to_owned() } else { quoted(&texts.join(between)) }
    };
    let variables = format!(
        "{}
         set variable batch_key = {batch_key}::integer;
         set variable is_extract_on_given = {};
         set variable adapter = {};
         set variable adapter_hash = {};
         set variable full_from_on = {};
         set variable full_to_on = {};
         set variable columns_unread = {};
         set variable warnings = {};
         set variable values_explained = {};
         set variable code_system_given = {};",
        said.given,
        origin.extract_on.is_some(),
        quoted(&origin.adapter),
        quoted(&origin.adapter_hash),
        day(origin.full.map(|(from, _)| from)),
        day(origin.full.map(|(_, to)| to)),
        joined(&said.unread, ", "),
        joined(&said.warnings, "\n"),
        joined(&origin.values, "\n"),
        joined(origin.code_system.as_slice(), ""),
    );
    let end = if origin.is_dry { End::Rollback } else { End::Commit };
    in_one_transaction(connection, end, || {
        connection.execute_batch(&variables)?;
        if is_protected(connection)? {
            run_folder(connection, "load/protected", "")?;
        }
        for file in embedded_sql::folder("load/merge") {
            if said.gives_lists || file.name() != "5_list" {
                database::run(connection, &file).map_err(decision::of_identities)?;
            }
        }
        settle(connection)?;
        run_folder(connection, "load/decide", "")?;
        let mut account = account::read(connection, batch_key)?;
        account.is_dry = origin.is_dry;
        decision::refuse_open(&account.decisions, origin.is_strict && !origin.is_dry)?;
        Ok(account)
    })
}

/// True where something is carried along with a crime that is held.
fn holds_carried(connection: &Connection) -> Result<bool, Failure> {
    Ok(connection.query_row("select exists (from crime where carried is not null)", [], |row| row.get(0))?)
}

/// Brings up to date what is worked out of the tables for the rules.
fn settle(connection: &Connection) -> Result<(), Failure> {
    let step = |name: &str| sql_file(&format!("load/settle/{name}.sql"));
    database::run(connection, &step("person_key")?)?;
    let is_weighed = connection.query_row(step("is_weighed")?.text, [], |row| row.get(0))?;
    if is_weighed { Ok(()) } else { database::run(connection, &step("offence_weight")?) }
}

/// How a transaction that went well ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Commit,
    Rollback,
}

/// Does all of it or nothing. What a signal interrupts is undone.
fn in_one_transaction<T>(
    connection: &Connection,
    end: End,
    work: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    connection.execute_batch("begin")?;
    let outcome = work().and_then(|done| interrupt::check().map(|()| done));
    if outcome.is_err() || end == End::Rollback {
        // What failed is undone at once; a second error would only hide the first.
        let _ = connection.execute_batch("rollback");
        return outcome;
    }
    // A signal within the commit would be an error of one that is done: the engine tidies up at its end.
    interrupt::block_cancel();
    connection.execute_batch("commit").map_err(unknown_end)?;
    // It is done. What is not written into the file yet is in its log, which the next open reads.
    let _ = connection.execute_batch("checkpoint");
    outcome
}

/// The engine says that the end of a transaction failed also where its log holds all of it, and only what follows found
/// no room: then the next open does it.
fn unknown_end(error: duckdb::Error) -> Failure {
    let mut failure = Failure::from(error);
    for problem in &mut failure.problems {
        problem.message = format!("the end of it could not be written: {}", problem.message);
        problem.hint = Some("free some room; `harmrank loads list` then says whether it was done".to_owned());
    }
    failure
}

fn run_folder(connection: &Connection, folder: &str, variables: &str) -> Result<(), Failure> {
    connection.execute_batch(variables)?;
    for file in embedded_sql::folder(folder) {
        database::run(connection, &file)?;
    }
    Ok(())
}
