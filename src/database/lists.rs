//! The lists that a load replaces, as `sql/list/list_kind.sql` has them, and SQL that is alike for each of them.

use crate::embedded_sql;
use crate::failure::Failure;
use crate::sql_text::statements;
use duckdb::Connection;

/// A list: a load that gives it replaces the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListKind {
    /// Its name, which is that of its table.
    pub(crate) name: String,
    ordinal: i32,
    /// What the source gives, in order, as SQL writes it.
    pub(crate) columns: String,
    /// True where each row is about one person.
    is_of_people: bool,
    /// The words for one of its rows, and for several.
    pub(crate) words: [String; 2],
    /// The words for rows about one person.
    about_a_person: String,
}

impl ListKind {
    /// SQL with the braces filled in for this list.
    pub(crate) fn fill(&self, sql: &str) -> String {
        sql.replace("{list}", &self.name)
            .replace("{list_of_people}", &self.name)
            .replace("{ordinal}", &self.ordinal.to_string())
            .replace("{columns}", &self.columns)
            .replace("{is_of_people}", &self.is_of_people.to_string())
            .replace("{about_a_person}", &self.about_a_person)
    }
}

/// The lists there are, in their order.
pub(crate) fn list_kinds(connection: &Connection) -> Result<Vec<ListKind>, Failure> {
    let sql = embedded_sql::file("list/list_kind.sql").map_or("", |file| file.text);
    let kinds = connection
        .prepare(sql)?
        .query_map([], |row| {
            Ok(ListKind {
                ordinal: row.get(0)?,
                name: row.get(1)?,
                columns: row.get(2)?,
                is_of_people: row.get(3)?,
                words: [row.get(4)?, row.get(5)?],
                about_a_person: row.get(6)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(kinds)
}

/// True for SQL that has statements to be repeated.
pub(crate) fn is_repeated(sql: &str) -> bool {
    ["{list}", "{list_of_people}", "{past}"].iter().any(|name| sql.contains(name))
}

fn has_in_code(statement: &str, name: &str) -> bool {
    statement.lines().any(|line| line.split("--").next().unwrap_or_default().contains(name))
}

/// The statements of a text, those with a list in braces once for each list, those with `{past}` for a table and for
/// its superseded versions.
pub(crate) fn repeated(sql: &str, kinds: &[ListKind]) -> Vec<String> {
    let of_lists = |statement: String| {
        let has = |name| has_in_code(&statement, name);
        let is_among: &dyn Fn(&&ListKind) -> bool = match () {
            () if has("{list}") => &|_| true,
            () if has("{list_of_people}") => &|kind| kind.is_of_people,
            () => return vec![statement],
        };
        kinds.iter().filter(is_among).map(|kind| kind.fill(&statement)).collect()
    };
    let of_versions = |statement: String| {
        if has_in_code(&statement, "{past}") {
            return ["", "_history"].map(|past| statement.replace("{past}", past)).to_vec();
        }
        vec![statement]
    };
    statements(sql).into_iter().flat_map(of_lists).flat_map(of_versions).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(connection: &Connection, table: &str) -> Result<String, Failure> {
        let sql = "select coalesce(string_agg(column_name, ', ' order by column_index), '')
                   from duckdb_columns() where table_name = ?";
        Ok(connection.query_row(sql, [table], |row| row.get(0))?)
    }

    /// Rows of lists have no days from and to which they were known: all of a list is superseded at once.
    #[test]
    fn the_kinds_of_lists_are_the_tables_of_lists_with_their_columns() -> Result<(), Failure> {
        let connection = Connection::open_in_memory()?;
        for file in embedded_sql::layer("schema").iter().chain(&embedded_sql::folder("load/stage/0_table")) {
            connection.execute_batch(file.text)?;
        }
        let kinds = list_kinds(&connection)?;
        let mut named: Vec<_> = kinds.iter().map(|kind| format!("{}_history", kind.name)).collect();
        named.sort();
        let lists: Vec<String> = connection
            .prepare(
                "select table_name from duckdb_columns() where table_name like '%_history' group by table_name
                 having not bool_or(column_name = 'known_to') order by table_name",
            )?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        assert_eq!(named, lists);
        for kind in kinds {
            let held = columns(&connection, &kind.name)?;
            assert_eq!(
                columns(&connection, &format!("{}_history", kind.name))?,
                format!("{held}, ended_batch_key")
            );
            assert_eq!(held.replace(", person_key", ""), format!("{}, batch_key", kind.columns));
            assert_eq!(held.contains(", person_key"), kind.is_of_people, "{}", kind.name);
            assert_eq!(columns(&connection, &format!("staged_{}", kind.name))?, kind.columns);
        }
        Ok(())
    }

    #[test]
    fn what_is_made_of_tables_is_made_of_each_list() -> Result<(), Failure> {
        let kinds = list_kinds(&Connection::open_in_memory()?)?;
        for (path, view) in [
            ("run/as_after_load.sql", "{list}"),
            ("forget/kept.sql", "kept_{list}"),
            ("forget/kept.sql", "kept_{list}_history"),
            ("guard/restricted_view.sql", "{list}"),
            ("guard/restricted_view.sql", "{list}_history"),
        ] {
            let made = repeated(embedded_sql::file(path).map_or("", |file| file.text), &kinds).join(";\n");
            for kind in &kinds {
                let view = kind.fill(&format!("temp view {view} as\n"));
                assert!(made.contains(&view), "sql/{path} lacks: create {view}");
            }
        }
        Ok(())
    }

    #[test]
    fn statements_are_repeated_for_the_lists_and_versions_in_their_code() {
        let kind = |name: &str, is_of_people| ListKind {
            name: name.to_owned(),
            ordinal: 1,
            columns: "a, b".to_owned(),
            is_of_people,
            words: [String::new(), String::new()],
            about_a_person: String::new(),
        };
        let kinds = [kind("one", false), kind("two", true)];
        let made = |sql| repeated(sql, &kinds);
        assert_eq!(made("-- For {list}:\nselect 1; select 2;"), ["-- For {list}:\nselect 1", "select 2"]);
        assert_eq!(made("select {columns} from {list}"), ["select a, b from one", "select a, b from two"]);
        assert_eq!(made("-- {past}\nselect 3"), ["-- {past}\nselect 3"]);
        assert_eq!(made("from {list_of_people}{past}"), ["from two", "from two_history"]);
    }
}
