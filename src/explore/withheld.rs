//! Records that are restricted do not show in free SQL: see `sql/explore/withheld.sql`.

use crate::catalog;
use crate::database::sql_file;
use crate::failure::Failure;
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
    ///
    /// # Errors
    /// When that cannot be done: then nothing may be asked.
    pub(super) fn put_before(connection: &Connection) -> Result<Self, Failure> {
        let (people, database): (i64, String) =
            connection.query_row(sql_file("explore/restricted.sql")?.text, [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        if people == 0 {
            return Ok(Self::default());
        }
        let quoted = format!("\"{}\"", database.replace('"', "\"\""));
        let whom = without_comments(sql_file("explore/withheld_person.sql")?.text);
        let views = sql_file("explore/withheld.sql")?.text.replace("{withheld}", whom.trim_end_matches(';'));
        connection.execute_batch(&views.replace("{database}", &quoted))?;
        Ok(Self { people: people.unsigned_abs(), database: database.to_lowercase(), tables: tables() })
    }

    /// True for the name of a table that shows without some of its rows.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tables.iter().any(|table| table == name)
    }
}

/// The tables before which a view is put.
fn tables() -> Vec<String> {
    let text = catalog::file("explore/withheld.sql").map_or("", |file| file.text);
    let named = text.lines().filter_map(|line| line.strip_prefix("create temp view ")?.strip_suffix(" as"));
    named.map(str::to_owned).collect()
}

fn without_comments(text: &str) -> String {
    let lines: Vec<_> = text.lines().filter(|line| !line.starts_with("--")).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_that_refers_to_people_is_among_them() {
        let tables = tables();
        for file in catalog::folder("schema") {
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
