//! Which program made the SQL in a database: its tables' version and the hashes of its objects and weights.

use super::open_failure::open_failure;
use super::sql::sql_file;
use crate::embedded_sql;
use crate::failure::Failure;
use duckdb::{Config, Connection};
use std::path::Path;

/// Version of the tables. A change that needs data to be moved raises it and adds a step to `upgrade`.
pub const SCHEMA_VERSION: i32 = 5;

pub(super) struct Stamp {
    pub(super) schema_version: i32,
    pub(super) sql_hash: String,
    pub(super) objects_hash: String,
    pub(super) weights_hash: String,
}

/// Stamps a database whose objects have just been made. The engine words some of them anew when it
/// reads them back, so the digest is taken from the file as the next reader will see it. A file left
/// without a stamp in between is refused with the word `upgrade`, which mends it.
pub(crate) fn stamp(path: &Path, config: Config) -> Result<(), Failure> {
    let connection = Connection::open_with_flags(path, config)?;
    connection.execute(
        "insert into harmrank_stamp by name
         select ? as schema_version, ? as sql_hash, ? as objects_hash, ? as weights_hash,
             ? as program_version, version() as engine_version",
        duckdb::params![
            SCHEMA_VERSION,
            embedded_sql::hash(),
            digest("objects", &connection)?,
            digest("weights", &connection)?,
            env!("CARGO_PKG_VERSION")
        ],
    )?;
    close(connection)
}

/// What `sql/check/WHAT_hash.sql` makes of the database as it is.
pub(super) fn digest(what: &str, connection: &Connection) -> Result<String, Failure> {
    let file = sql_file(&format!("check/{what}_hash.sql"))?;
    Ok(connection.query_row(file.text, [], |row| row.get(0))?)
}

pub(super) fn read_stamp(connection: &Connection, path: &Path) -> Result<Stamp, Failure> {
    let none = String::new;
    let unfinished = Stamp {
        schema_version: SCHEMA_VERSION,
        sql_hash: none(),
        objects_hash: none(),
        weights_hash: none(),
    };
    connection
        .query_row(
            "select schema_version, sql_hash, objects_hash, weights_hash from harmrank_stamp",
            [],
            |row| {
                Ok(Stamp {
                    schema_version: row.get(0)?,
                    sql_hash: row.get(1)?,
                    objects_hash: row.get(2)?,
                    weights_hash: row.get(3)?,
                })
            },
        )
        .or_else(|error| match error {
            duckdb::Error::QueryReturnedNoRows => Ok(unfinished),
            error => Err(error),
        })
        .map_err(|error| {
            let text = error.to_string();
            if text.contains("harmrank_stamp does not exist") {
                Failure::failed("a DuckDB database, but not one that harmrank made")
                    .at_path(path)
                    .hint("create one with `harmrank init --db FILE`")
            } else {
                open_failure(&text, path)
            }
        })
}

pub(super) fn check_stamp(connection: &Connection, path: &Path) -> Result<(), Failure> {
    let stamp = read_stamp(connection, path)?;
    if stamp.schema_version > SCHEMA_VERSION {
        return Err(newer(path, stamp.schema_version));
    }
    if stamp.schema_version < SCHEMA_VERSION || stamp.sql_hash != embedded_sql::hash() {
        return Err(Failure::failed("the SQL in this database is that of another version of harmrank")
            .at_path(path)
            .hint("bring it up with `harmrank upgrade`; the data are kept"));
    }
    Ok(())
}

pub(super) fn newer(path: &Path, schema_version: i32) -> Failure {
    Failure::failed(format!(
        "made by a newer harmrank: tables of version {schema_version}, this program knows {SCHEMA_VERSION}"
    ))
    .at_path(path)
    .hint("use the newer program")
}

pub(super) fn close(connection: Connection) -> Result<(), Failure> {
    connection.execute_batch("checkpoint")?;
    Ok(connection.close().map_err(|(_, error)| error)?)
}
