//! The program's SQL files run, and texts and names put into SQL.

use super::lists::{is_repeated, list_kinds, repeated};
use crate::embedded_sql::{self, SqlFile};
use crate::failure::Failure;
use duckdb::Connection;

/// A text as an SQL literal.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A name as an SQL identifier.
pub(crate) fn quoted_name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Runs one SQL file of the program, statements with a list in braces once for each list; an error names the file.
pub(crate) fn run(connection: &Connection, file: &SqlFile) -> Result<(), Failure> {
    let outcome = if is_repeated(file.text) {
        let statements = repeated(file.text, &list_kinds(connection)?);
        statements.iter().try_for_each(|statement| connection.execute_batch(statement))
    } else {
        connection.execute_batch(file.text)
    };
    outcome.map_err(|error| {
        let failure = Failure::from(error);
        if failure.is_of_the_file() { failure } else { failure.at(format!("sql/{}", file.path)) }
    })
}

/// One SQL file of the program by its path below `sql/`.
pub(crate) fn sql_file(path: &str) -> Result<SqlFile, Failure> {
    embedded_sql::file(path).ok_or_else(|| Failure::failed(format!("the program lacks sql/{path}")))
}
