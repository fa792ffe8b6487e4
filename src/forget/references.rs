//! Every reference of a person who is to be forgotten, and the list of those that no load takes in.

use super::mention::Reference;
use crate::context::Context;
use crate::database::{self, Access, quoted, sql_file};
use crate::failure::Failure;
use crate::interrupt;
use crate::ledger::Ledger;
use crate::paths::folder_of;
use crate::work_folder::{self, WorkFolder};
use duckdb::{AccessMode, Connection};

/// A folder beside a database for its new file, and an engine that holds the old one.
pub(super) fn attached(access: &Access) -> Result<(WorkFolder, Connection), Failure> {
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
pub(super) fn find(known: &[String], connection: &Connection) -> Result<Vec<Reference>, Failure> {
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

pub(super) fn forgotten_before(
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
pub(super) fn hash_references(
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
pub(super) fn suppress(connection: &Connection) -> Result<(), Failure> {
    connection.execute_batch(
        "insert into suppression by name from new_suppression
         on conflict do update set after_load = excluded.after_load",
    )?;
    // Nothing of theirs may wait in the log of the file that is replaced.
    Ok(connection.execute_batch("checkpoint harm")?)
}
