//! What was staged becomes part of the database: completed from the tables, merged in one transaction, accounted for.

use super::account::{self, Account};
use super::protected::{self, Target};
use super::room;
use super::stage::Staging;
use super::suppression::Suppression;
use super::transaction::{End, in_one_transaction, run_folder, settle};
use super::{batch, decision};
use crate::database::{self, Access, quoted, verified_cache};
use crate::embedded_sql;
use crate::failure::Failure;
use crate::interrupt;
use duckdb::Connection;
use jiff::civil::Date;

/// Where rows come from, as the record of the load keeps it.
pub(super) struct Origin {
    pub(super) adapter: String,
    pub(super) adapter_hash: String,
    pub(super) extract_on: Option<Date>,
    pub(super) full: Option<(Date, Date)>,
    pub(super) is_dry: bool,
    pub(super) is_strict: bool,
    /// What `--value` said, theirs=ours.
    pub(super) values: Vec<String>,
    pub(super) code_system: Option<String>,
}

/// Merges what was prepared, its newest report date known, into the database.
pub(super) fn finish(
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
        if protected::is_one(connection)? {
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
