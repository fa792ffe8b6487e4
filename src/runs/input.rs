//! Files of kept runs taken into an engine.

use crate::database::sql_file;
use crate::failure::Failure;
use crate::sql_text::{placeholders, statements};
use duckdb::{Connection, ToSql};

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
