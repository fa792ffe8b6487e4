//! A new database file in the place of the old one, without what is not to stay.

use super::outcome::Left;
use crate::atomic_file;
use crate::database::{self, Access, quoted, quoted_name, run};
use crate::embedded_sql;
use crate::failure::Failure;
use crate::interrupt;
use crate::load::is_protected;
use crate::paths::folder_of;
use duckdb::{AccessMode, Connection};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Tables whose rows their own files make.
const SELF_MADE: [&str; 3] = ["flat_column", "table_column", "harmrank_stamp"];

/// A new file that is whole and waits to take the place of the old one.
pub(super) struct Draft {
    path: PathBuf,
    /// Where the same letters still stand in it.
    pub(super) left: Vec<Left>,
}

/// Writes the file anew; the engine holds the old one for itself meanwhile as the current database, named `harm`.
pub(super) fn write(access: &Access, workshop: &Path, connection: &Connection) -> Result<Draft, Failure> {
    let at = |error: std::io::Error| Failure::io(&error, &access.path);
    let draft = workshop.join("draft.duckdb");
    connection.execute_batch(&format!("attach {} as fresh", quoted(&draft.display().to_string())))?;
    install("schema", connection)?;
    if is_protected(connection)? {
        install("protected", connection)?;
    }
    for table in tables(connection)? {
        interrupt::check()?;
        copy(&table, connection)?;
    }
    for layer in ["model", "ranking"] {
        install(layer, connection)?;
    }
    let left = left(connection)?;
    connection.execute_batch("use harm; checkpoint fresh; detach fresh")?;
    let fresh = Access { path: draft.clone(), ..access.clone() };
    database::stamp(&draft, fresh.config(&AccessMode::ReadWrite)?)?;
    drop(fresh.read()?);
    let file = File::options().write(true).open(&draft).map_err(at)?;
    atomic_file::take_rights(&file, &access.path).and_then(|()| file.sync_all()).map_err(at)?;
    Ok(Draft { path: draft, left })
}

/// Puts a new file in the place of the old one, while that is held: nobody can begin to write to it.
pub(super) fn publish(draft: &Draft, access: &Access) -> Result<(), Failure> {
    let at = |error: std::io::Error| Failure::io(&error, &access.path);
    // Checkpointed before: its log holds nothing that is not in the file, and would be taken for that of the new one.
    let log = crate::paths::log_of(&access.path);
    if log.exists() {
        fs::remove_file(&log).map_err(at)?;
    }
    fs::rename(&draft.path, &access.path).map_err(at)?;
    File::open(folder_of(&access.path)).and_then(|folder| folder.sync_all()).map_err(at)
}

fn install(layer: &str, connection: &Connection) -> Result<(), Failure> {
    connection.execute_batch("use fresh")?;
    let outcome = embedded_sql::layer(layer).iter().try_for_each(|file| run(connection, file));
    connection.execute_batch("use harm")?;
    outcome
}

/// The tables of the old file that are to be copied, and whether the new one has them.
fn tables(connection: &Connection) -> Result<Vec<String>, Failure> {
    let tables: Vec<String> = connection
        .prepare(
            "select table_name from duckdb_tables()
             where database_name = 'harm' and schema_name = 'main' order by table_oid",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(tables.into_iter().filter(|table| !SELF_MADE.contains(&table.as_str())).collect())
}

fn copy(table: &str, connection: &Connection) -> Result<(), Failure> {
    let is_ours = ["schema", "protected"]
        .iter()
        .any(|layer| embedded_sql::file(&format!("{layer}/{table}.sql")).is_some());
    let name = quoted_name(table);
    if !is_ours {
        // Somebody's own table: as it is.
        return Ok(
            connection.execute_batch(&format!("create table fresh.main.{name} as from harm.main.{name}"))?
        );
    }
    let kept = format!("kept_{table}");
    let is_changed: bool = connection.query_row(
        "select count(*) > 0 from duckdb_views() where temporary and view_name = ?",
        [&kept],
        |row| row.get(0),
    )?;
    let source = if is_changed { quoted_name(&kept) } else { format!("harm.main.{name}") };
    Ok(connection.execute_batch(&format!("insert into fresh.main.{name} by name from {source}"))?)
}

/// Columns of text in which the same letters still stand.
fn left(connection: &Connection) -> Result<Vec<Left>, Failure> {
    let columns: Vec<(String, String)> = connection
        .prepare(
            "select table_name, column_name from duckdb_columns()
             where database_name = 'fresh' and schema_name = 'main' and data_type = 'VARCHAR'
             and table_name in (select table_name from duckdb_tables() where database_name = 'fresh')
             order by table_name, column_index",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut left = Vec::new();
    for (table, column) in columns {
        let sql = format!(
            "select count(*) from fresh.main.{} where regexp_matches({}, getvariable('may_mention'))",
            quoted_name(&table),
            quoted_name(&column)
        );
        let rows = connection.query_row(&sql, [], |row| row.get(0))?;
        if rows > 0 {
            left.push(Left { column: format!("{table}.{column}"), rows });
        }
    }
    Ok(left)
}
