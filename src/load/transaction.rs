//! What a load and its undoing do to the tables: all of it in one transaction, or nothing.

use crate::database::{self, sql_file};
use crate::embedded_sql;
use crate::failure::Failure;
use crate::interrupt;
use duckdb::Connection;

/// How a transaction that went well ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Commit,
    Rollback,
}

/// Does all of it or nothing. What a signal interrupts is undone.
pub(super) fn in_one_transaction<T>(
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

/// Runs the files of a folder of the embedded SQL in order, these variables set first.
pub(super) fn run_folder(connection: &Connection, folder: &str, variables: &str) -> Result<(), Failure> {
    connection.execute_batch(variables)?;
    for file in embedded_sql::folder(folder) {
        database::run(connection, &file)?;
    }
    Ok(())
}

/// Brings up to date what is worked out of the tables for the rules.
pub(super) fn settle(connection: &Connection) -> Result<(), Failure> {
    let step = |name: &str| sql_file(&format!("load/settle/{name}.sql"));
    database::run(connection, &step("person_key")?)?;
    let is_weighed = connection.query_row(step("is_weighed")?.text, [], |row| row.get(0))?;
    if is_weighed { Ok(()) } else { database::run(connection, &step("offence_weight")?) }
}
