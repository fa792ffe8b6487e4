//! Forgetting a person: out of the data, their history and the quarantine, out of the archived lists, and not taken in
//! again.
//!
//! First all that is to be done is looked through, and what cannot be read or changed stops it before anything is
//! changed. The order then makes it safe to be killed at any moment: new database files are written, the keyed hashes
//! of the references go to the list of those not taken in, the archived runs are amended, last the new files take the
//! place of the old ones: until then the old one still knows which references are theirs, and the next `forget` does
//! it all again. A file is written anew because the engine does not overwrite what it frees: strings of deleted rows
//! stay in it.

mod archived_run;
mod fresh;
mod lines;
mod mention;
mod parquet;
mod protected;
mod seen;
mod shelf;
mod steps;
mod survey;

use crate::atomic_file;
use crate::context::Context;
use crate::database::{self, Access, quoted, sql_file};
use crate::failure::Failure;
use crate::interrupt;
use crate::ledger::Ledger;
use crate::paths::{folder_of, followed_by};
use crate::schedule::ScheduleFolder;
use crate::suggest::did_you_mean;
use crate::wording;
use crate::work_folder::{self, WorkFolder};
pub(crate) use archived_run::Amended;
use duckdb::{AccessMode, Connection};
use mention::{Mention, Reference};
use protected::Protected;
pub(crate) use seen::{SeenInRuns, seen_in_runs};
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};
use steps::Steps;

#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// Any reference of the person.
    pub(crate) person: String,
    /// Folders of archived runs and of scheduled lists; one that is not there holds none.
    pub(crate) archives: Vec<PathBuf>,
    /// Say what would be done and do nothing.
    pub(crate) is_dry: bool,
}

/// What was done, in counts.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Forgotten {
    /// Every reference of the person, the merged ones too.
    pub(crate) references: Vec<String>,
    /// True where nothing was done.
    pub(crate) is_dry: bool,
    /// Day on which they had been forgotten before; none: not before.
    pub(crate) forgotten_before_on: Option<String>,
    /// What the database held of them.
    pub(crate) held: Vec<Held>,
    /// Archived runs that named them.
    pub(crate) runs: Vec<Amended>,
    /// Columns in which the same letters still stand, as something else than their reference.
    pub(crate) left: Vec<Left>,
}

/// What the database held of them, of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Held {
    pub(crate) what: String,
    pub(crate) now: i64,
    /// How many in superseded versions.
    pub(crate) past: i64,
}

/// A column in which the same letters still stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Left {
    pub(crate) column: String,
    /// In how many rows.
    pub(crate) rows: i64,
}

/// Forgets a person, after `confirm` has agreed to what was found; nothing has been changed then.
pub(crate) fn forget(
    order: &Order,
    access: &Access,
    ledger: &Ledger,
    context: &Context,
    confirm: &dyn Fn(&Forgotten) -> Result<(), Failure>,
) -> Result<Forgotten, Failure> {
    // The file itself, also where it is reached through a link: it is replaced.
    let path = access.path.canonicalize().unwrap_or_else(|_| access.path.clone());
    let access = Access { path, ..access.clone() };
    drop(access.read()?);
    // Before the database, as a schedule does.
    let shelves = shelf::among(&order.archives)?;
    let _locks = if order.is_dry { Vec::new() } else { shelf::lock(&shelves, access.wait)? };
    let archives = [order.archives.clone(), shelf::editions(&shelves)?].concat();
    let place = folder_of(&access.path);
    if order.is_dry {
        work_folder::remove_orphans(&place)?;
    } else {
        remove_leavings(&access, &archives)?;
    }
    let (workshop, connection) = attached(&access)?;
    let found = find(std::slice::from_ref(&order.person), &connection)?;
    let mention = Mention::of(&found, &connection)?;
    let references: Vec<_> = found.into_iter().map(|reference| reference.person_id).collect();
    let protected = Protected::open(&references, &access)?;
    let mut held = count(&connection)?;
    held.extend(protected.iter().flat_map(|protected| protected.held.clone()));
    let mut forgotten = Forgotten {
        forgotten_before_on: forgotten_before(&references, ledger, &connection)?,
        references,
        is_dry: order.is_dry,
        held,
        runs: archived_run::look(&archives, &mention, workshop.path())?,
        left: Vec::new(),
    };
    for shelf in &shelves {
        survey::check_can_change(&shelf.path)?;
    }
    let is_known = !forgotten.held.is_empty() || !forgotten.runs.is_empty();
    if !is_known && forgotten.forgotten_before_on.is_none() {
        return Err(unknown(&order.person, &connection)?);
    }
    if order.is_dry {
        return Ok(forgotten);
    }
    check_room(&access)?;
    confirm(&forgotten)?;
    let erasure =
        Erasure { access: &access, ledger, context, connection: &connection, workshop: workshop.path() };
    hash_references(&forgotten.references, ledger, context, &connection)?;
    if is_known {
        forgotten.left = erasure.carry_out(&forgotten, &mention, protected.as_ref(), &shelves)?;
    } else {
        suppress(&connection)?;
    }
    Ok(forgotten)
}

/// What an erasure is carried out with.
struct Erasure<'a> {
    access: &'a Access,
    ledger: &'a Ledger,
    context: &'a Context,
    connection: &'a Connection,
    workshop: &'a Path,
}

impl Erasure<'_> {
    /// Does it all, in an order in which it may be stopped at every moment: until the new database takes the place of
    /// the old one, that one knows which references are theirs. The new files come first, for they take the most room.
    fn carry_out(
        &self,
        forgotten: &Forgotten,
        mention: &Mention<'_>,
        protected: Option<&Protected>,
        shelves: &[ScheduleFolder],
    ) -> Result<Vec<Left>, Failure> {
        let Self { access, ledger, context, connection, workshop } = *self;
        let references = &forgotten.references;
        let mut steps = Steps::new(&[
            "the new files are written",
            "no load takes the references in",
            "the kept runs are rewritten",
            "the pages of schedules are rewritten",
            "the protected characteristics are gone",
            "the database is replaced",
        ]);
        let (draft, protected_draft) = steps.next(|| {
            let of_protected = protected.map(|protected| protected.write(references, ledger, context));
            Ok((fresh::write(access, workshop, connection)?, of_protected.transpose()?))
        })?;
        steps.next(|| protected.map_or(Ok(()), Protected::suppress).and_then(|()| suppress(connection)))?;
        steps.next(|| {
            forgotten.runs.iter().try_for_each(|run| {
                interrupt::check()?;
                archived_run::amend(run, mention, workshop, context)
            })
        })?;
        steps.next(|| shelves.iter().try_for_each(|shelf| shelf::bring_up(shelf, mention)))?;
        steps.next(|| match protected.zip(protected_draft.as_ref()) {
            Some((protected, draft)) => protected.publish(draft),
            None => Ok(()),
        })?;
        steps.next(|| {
            interrupt::block_cancel();
            fresh::publish(&draft, access)
        })?;
        Ok(draft.left)
    }
}

/// Nothing, or that the disk has no room for the new files beside the old ones.
fn check_room(access: &Access) -> Result<(), Failure> {
    let sizes = [access.path.clone(), access.of_protected().path];
    let bytes = sizes.iter().filter_map(|path| path.metadata().ok()).map(|file| file.len()).sum();
    survey::check_room(&folder_of(&access.path), bytes)
}

/// A folder beside a database for its new file, and an engine that holds the old one.
fn attached(access: &Access) -> Result<(WorkFolder, Connection), Failure> {
    let place = folder_of(&access.path);
    let workshop = work_folder::begin(&place, work_folder::FORGET)
        .map_err(|error| Failure::failed(format!("no room for a new file: {error}")).at_path(&place))?;
    let spill = workshop.path().join("spill").display().to_string();
    let config = access.config(&AccessMode::ReadWrite)?.with("temp_directory", spill)?;
    let connection = Connection::open_in_memory_with_flags(config)?;
    interrupt::watch(&connection);
    access.attach(&connection)?;
    Ok((workshop, connection))
}

/// Every reference of a person, the merged ones too: what must not stand in plain where others are told of it.
pub(crate) fn references(person: &str, access: &Access) -> Result<Vec<String>, Failure> {
    let found = find(&[person.to_owned()], &access.read()?)?;
    Ok(found.into_iter().map(|reference| reference.person_id).collect())
}

/// Every reference of the person of whom some are known; temporary tables say what is held under them.
fn find(known: &[String], connection: &Connection) -> Result<Vec<Reference>, Failure> {
    let known: Vec<_> = known.iter().map(|reference| quoted(reference)).collect();
    connection.execute_batch(&format!("set variable known_references = [{}]", known.join(", ")))?;
    for file in ["holds_references", "person", "kept"] {
        database::run(connection, &sql_file(&format!("forget/{file}.sql"))?)?;
    }
    let references = connection
        .prepare("select person_id, is_telling from forgotten_reference order by person_id")?
        .query_map([], |row| Ok(Reference { person_id: row.get(0)?, is_telling: row.get(1)? }))?
        .collect::<Result<_, _>>()?;
    Ok(references)
}

fn count(connection: &Connection) -> Result<Vec<Held>, Failure> {
    let counts: Vec<Held> = connection
        .prepare(sql_file("forget/count.sql")?.text)?
        .query_map([], |row| Ok(Held { what: row.get(0)?, now: row.get(1)?, past: row.get(2)? }))?
        .collect::<Result<_, _>>()?;
    Ok(counts.into_iter().filter(|held| held.now > 0 || held.past > 0).collect())
}

fn forgotten_before(
    references: &[String],
    ledger: &Ledger,
    connection: &Connection,
) -> Result<Option<String>, Failure> {
    let mut days = Vec::new();
    let mut prepared =
        connection.prepare("select min(forgotten_on)::varchar from suppression where mark = ?")?;
    for reference in references {
        days.push(prepared.query_row([ledger.hashed(reference)], |row| row.get::<_, Option<String>>(0))?);
    }
    Ok(days.into_iter().flatten().min())
}

/// Makes the keyed hashes of the references ready, to be copied into the new file; nothing is changed yet.
fn hash_references(
    references: &[String],
    ledger: &Ledger,
    context: &Context,
    connection: &Connection,
) -> Result<(), Failure> {
    database::run(connection, &sql_file("forget/kept_suppression.sql")?)?;
    let mut prepared = connection.prepare(
        "insert into new_suppression by name
         select ? as mark, ? as key_id, ?::date as forgotten_on,
             (select coalesce(max(batch_key), 0) from load_batch) as after_load",
    )?;
    for reference in references {
        let mark = ledger.hashed(reference);
        prepared.execute(duckdb::params![mark, ledger.key_id(), context.today.to_string()])?;
    }
    Ok(())
}

/// Puts the references whose hashes are ready on the list of those that no load takes in.
fn suppress(connection: &Connection) -> Result<(), Failure> {
    connection.execute_batch(
        "insert into suppression by name from new_suppression
         on conflict do update set after_load = excluded.after_load",
    )?;
    // Nothing of theirs may wait in the log of the file that is replaced.
    Ok(connection.execute_batch("checkpoint harm")?)
}

/// What killed processes could not remove: what an engine spilled beside the database, which nobody uses now, and runs
/// and files that were never finished.
fn remove_leavings(access: &Access, archives: &[PathBuf]) -> Result<(), Failure> {
    let place = folder_of(&access.path);
    for folder in archives.iter().chain([&place, &std::env::temp_dir()]) {
        work_folder::remove_orphans(folder)?;
    }
    for folder in archives.iter().chain([&place]).filter(|folder| folder.is_dir()) {
        atomic_file::remove_orphans(folder).map_err(|error| Failure::io(&error, folder))?;
    }
    let spilled = followed_by(&access.path, ".tmp");
    if spilled.is_dir() {
        std::fs::remove_dir_all(&spilled).map_err(|error| Failure::io(&error, &spilled))?;
    }
    Ok(())
}

fn unknown(person: &str, connection: &Connection) -> Result<Failure, Failure> {
    let reference: &dyn duckdb::ToSql = &person;
    let known: Vec<String> = connection
        .prepare(sql_file("check/near_person.sql")?.text)?
        .query_map(&[("reference", reference)][..], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let guess = did_you_mean(person, &known);
    Ok(Failure::usage(format!("nothing is held of {person:?}, and no archived run names them"))
        .at("--person")
        .hint(format!("{guess}references are taken letter for letter")))
}

impl fmt::Display for Forgotten {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let done = if self.is_dry { "would be forgotten" } else { "forgotten" };
        let merged = if self.references.len() > 1 { ", merged references of one person" } else { "" };
        writeln!(out, "{done}: {}{merged}", self.references.join(", "))?;
        if let Some(day) = &self.forgotten_before_on {
            writeln!(out, "  on the list of those not taken in since {day}")?;
        }
        if self.held.is_empty() {
            writeln!(out, "  the database holds nothing of them")?;
        }
        for held in &self.held {
            write!(out, "  {:>7}  {}", held.now, held.what)?;
            let past =
                if held.past > 0 { format!("; {} in superseded versions", held.past) } else { String::new() };
            writeln!(out, "{past}")?;
        }
        for run in &self.runs {
            writeln!(out, "  {run}")?;
        }
        for left in &self.left {
            writeln!(
                out,
                "  the same letters stand in {} of {}, not as their reference",
                wording::rows(left.rows),
                left.column
            )?;
        }
        if self.is_dry {
            return writeln!(out, "nothing was changed");
        }
        writeln!(
            out,
            "what was written elsewhere with -o, printed or disclosed, backups, and the history of each account's \
             shell are not reached: `harmrank ledger who-saw` says who saw what"
        )
    }
}
