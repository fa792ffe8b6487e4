//! Files of kept runs taken into an engine.

use super::archive::ROWS;
use crate::database::sql_file;
use crate::failure::Failure;
use crate::sql_text::{placeholders, statements};
use duckdb::{Connection, ToSql};
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

/// Runs the statements of a file under `sql/`, each with those of the paths that it names.
pub(super) fn take_in(file: &str, paths: &[(&str, String)], connection: &Connection) -> Result<(), Failure> {
    for sql in statements(sql_file(file)?.text) {
        let used = placeholders(&sql);
        let bound: Vec<_> = paths
            .iter()
            .filter(|(name, _)| used.contains(*name))
            .map(|(name, path)| (*name, path as &dyn ToSql))
            .collect();
        connection.prepare(&sql)?.execute(&bound[..])?;
    }
    Ok(())
}

/// True where the rows that a run kept in a folder are people with a rank, a row each.
pub(crate) fn is_list_of_people(folder: &Path, connection: &Connection) -> Result<bool, Failure> {
    let rows = folder.join(ROWS);
    let mut names = String::new();
    let file = File::open(&rows).map_err(|error| Failure::io(&error, &rows))?;
    BufReader::new(file).read_line(&mut names).map_err(|error| Failure::io(&error, &rows))?;
    let has = |name: &str| names.trim_end().split(',').any(|column| column == name);
    if !has("person_id") || !has("harm_rank") {
        return Ok(false);
    }
    let rows = rows.display().to_string();
    let bound: [(&str, &dyn ToSql); 1] = [("rows", &rows)];
    let sql = sql_file("run/is_list_of_people.sql")?.text;
    Ok(connection.prepare(sql)?.query_row(&bound[..], |row| row.get(0))?)
}
