//! Records that are restricted do not show in free SQL: see `sql/explore/withheld.sql`.

use crate::database::{quoted_name, sql_file};
use crate::embedded_sql;
use crate::failure::Failure;
use crate::sql_text::statements;
use duckdb::Connection;

/// What free SQL does not show.
#[derive(Debug, Default)]
pub(super) struct Withheld {
    /// People whose record is restricted.
    pub(super) people: u64,
    /// The name of the database, in lower case.
    pub(super) database: String,
    /// Tables that show without them, by the views that stand before them; none where there are no such people.
    pub(super) tables: Vec<String>,
}

impl Withheld {
    /// Puts a view before each table of people, where there is anybody to withhold.
    pub(super) fn put_before(connection: &Connection) -> Result<Self, Failure> {
        let (people, database): (i64, String) =
            connection.query_row(sql_file("explore/restricted.sql")?.text, [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        if people == 0 {
            return Ok(Self::default());
        }
        let whom = statements(sql_file("explore/withheld_person.sql")?.text).join("");
        for view in views() {
            let view = view.replace("{withheld}", &whom).replace("{database}", &quoted_name(&database));
            connection.execute_batch(&view)?;
        }
        Ok(Self { people: people.unsigned_abs(), database: database.to_lowercase(), tables: tables() })
    }

    /// True for the name of a table that shows without some of its rows.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tables.iter().any(|table| table == name)
    }
}

/// The views as `sql/explore/withheld.sql` has them: of a table and of its superseded versions where they are alike.
fn views() -> Vec<String> {
    let text = embedded_sql::file("explore/withheld.sql").map_or("", |file| file.text);
    let kinds = |view: &str| if view.contains("{past}") { vec!["", "_history"] } else { vec![""] };
    let of_each =
        |view: String| kinds(&view).into_iter().map(|past| view.replace("{past}", past)).collect::<Vec<_>>();
    statements(text).into_iter().flat_map(of_each).collect()
}

/// The tables before which a view is put.
fn tables() -> Vec<String> {
    let name = |view: &String| Some(view.split_once("create temp view ")?.1.split_once(" as")?.0.to_owned());
    views().iter().filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_that_refers_to_people_is_among_them() {
        let tables = tables();
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
    }
}
