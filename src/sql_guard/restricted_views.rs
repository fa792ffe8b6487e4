//! Keeps people whose record is restricted out of the SQL that a user writes: see `sql/guard/restricted_view.sql`.

use crate::database::{ListKind, list_kinds, quoted_name, repeated, sql_file};
use crate::embedded_sql;
use crate::failure::Failure;
use crate::sql_text::statements;
use duckdb::Connection;

/// The views of one connection that leave restricted people out.
#[derive(Debug, Default)]
pub(crate) struct RestrictedViews {
    /// How many people are left out.
    pub(crate) people: u64,
    /// Name of the database, in lower case.
    pub(super) database: String,
    /// Tables that are read through a view, in lower case; none where nobody is restricted.
    tables: Vec<String>,
}

impl RestrictedViews {
    /// Makes the views, as temporary ones of the connection, where anybody is restricted. The SQL of a user may run on
    /// the connection only after that.
    pub(crate) fn create(connection: &Connection) -> Result<Self, Failure> {
        let (people, database): (i64, String) =
            connection.query_row(sql_file("guard/restricted_people.sql")?.text, [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        if people == 0 {
            return Ok(Self::default());
        }
        let restricted = statements(sql_file("guard/restricted_person.sql")?.text).join("");
        let database_name = quoted_name(&database);
        let kinds = list_kinds(connection)?;
        let of_session = session_views(connection)?;
        for view in views(&kinds) {
            let view = view.replace("{restricted}", &restricted);
            let view =
                over_session_view(&view, &of_session, connection)?.replace("{database}", &database_name);
            connection.execute_batch(&view)?;
        }
        Ok(Self { people: people.unsigned_abs(), database: database.to_lowercase(), tables: tables(&kinds) })
    }

    /// True for a table, in lower case, that is read through a view.
    pub(super) fn covers(&self, name: &str) -> bool {
        self.tables.iter().any(|table| table == name)
    }
}

/// How many people are left out, and never who; nothing where nobody is.
pub(crate) fn withheld(people: u64) -> Option<String> {
    let (word, their) = if people == 1 { ("person is", "the") } else { ("people are", "their") };
    (people > 0).then(|| {
        format!(
            "{people} {word} withheld from the tables: {their} record is restricted, see `harmrank restrict --help`"
        )
    })
}

/// The views that the program has made in this session before.
fn session_views(connection: &Connection) -> Result<Vec<String>, Failure> {
    let sql = "select view_name from duckdb_views() where temporary and not internal";
    let names = connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(names)
}

/// Puts a view over the one that the program has made of the same table in this session, where it has: that of the table
/// as it was after a load.
fn over_session_view(view: &str, of_session: &[String], connection: &Connection) -> Result<String, Failure> {
    let Some(name) = name_of(view).filter(|name| of_session.iter().any(|made| made == name)) else {
        return Ok(view.to_owned());
    };
    connection.execute_batch(&format!("alter view temp.{name} rename to {name}_of_session"))?;
    let source = format!("{{database}}.main.{name} as source");
    Ok(view.replace(&source, &format!("temp.{name}_of_session as source")))
}

/// The statements that make the views.
fn views(kinds: &[ListKind]) -> Vec<String> {
    repeated(embedded_sql::file("guard/restricted_view.sql").map_or("", |file| file.text), kinds)
}

/// The tables that have a view.
fn tables(kinds: &[ListKind]) -> Vec<String> {
    views(kinds).iter().filter_map(|view| name_of(view).map(str::to_owned)).collect()
}

fn name_of(view: &str) -> Option<&str> {
    Some(view.split_once("create temp view ")?.1.split_once(" as")?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_that_refers_to_people_has_a_view() -> Result<(), Failure> {
        let tables = tables(&list_kinds(&Connection::open_in_memory()?)?);
        for file in embedded_sql::folder("schema") {
            let named = |column: &str| file.text.contains(&format!("\n    {column} "));
            let refers = ["person_id", "person_key", "root_key", "row_text", "bad_value", "carried"];
            assert_eq!(
                refers.into_iter().any(named),
                tables.iter().any(|name| name == file.name()),
                "{}",
                file.path
            );
        }
        Ok(())
    }

    /// Without the limit the engine may try a condition of the user's on the rows that are left out, and its error would
    /// show them.
    #[test]
    fn every_view_has_a_barrier() -> Result<(), Failure> {
        for view in views(&list_kinds(&Connection::open_in_memory()?)?) {
            assert!(view.trim_end().ends_with("limit 9223372036854775807"), "{view}");
        }
        Ok(())
    }
}
