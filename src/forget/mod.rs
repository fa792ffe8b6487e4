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
mod outcome;
mod parquet;
mod protected;
mod references;
mod seen;
mod shelf;
mod steps;
mod survey;

use crate::atomic_file;
use crate::context::Context;
use crate::database::{Access, sql_file};
use crate::disk_room;
use crate::failure::Failure;
use crate::interrupt;
use crate::ledger::Ledger;
use crate::paths::{folder_of, followed_by};
use crate::schedule::ScheduleFolder;
use crate::suggest::did_you_mean;
use crate::work_folder;
use duckdb::Connection;
use mention::Mention;
pub(crate) use outcome::Forgotten;
use outcome::{Held, Left};
use protected::Protected;
pub(crate) use references::references;
use references::{attached, find, forgotten_before, hash_references, suppress};
pub(crate) use seen::{SeenInRuns, seen_in_runs};
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
    disk_room::check(
        &folder_of(&access.path),
        bytes,
        "no room for the new file that takes the place of the database: it",
        "give the same command again",
    )
}

fn count(connection: &Connection) -> Result<Vec<Held>, Failure> {
    let counts: Vec<Held> = connection
        .prepare(sql_file("forget/count.sql")?.text)?
        .query_map([], |row| Ok(Held { what: row.get(0)?, now: row.get(1)?, past: row.get(2)? }))?
        .collect::<Result<_, _>>()?;
    Ok(counts.into_iter().filter(|held| held.now > 0 || held.past > 0).collect())
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
