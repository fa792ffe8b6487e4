//! What a file holds: the flat extract, or one of the tables of a load by tables.

use super::columns::{FlatColumn, Matched};
use crate::database::sql_file;
use crate::failure::Failure;
use duckdb::Connection;

/// The name of the table of crimes.
pub(super) const CRIMES: &str = "crimes";
/// The name of the table of protected characteristics, which have a database of their own.
pub(super) const PROTECTED: &str = "protected";

/// A kind of file of a load: the flat extract, or a table as `sql/list/table_kind.sql` has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// Its name in `table_column`, which is that of its flag; empty: the flat extract.
    pub(super) name: String,
    /// What one of its rows is: a crime, suspect, victim or person, a row of a list, or `row` of the flat extract.
    pub(super) row: String,
    /// The part of the record it speaks of besides the crimes themselves; that of a list is its name.
    speaks_of: Option<String>,
    /// Of a list, its columns that name people; none: no list, but rows in the columns of the flat extract.
    pub(super) reference_columns: Option<Vec<String>>,
}

impl Table {
    pub(super) fn flat() -> Self {
        Self { name: String::new(), row: "row".to_owned(), speaks_of: None, reference_columns: None }
    }

    /// The tables there are.
    pub(super) fn all(connection: &Connection) -> Result<Vec<Self>, Failure> {
        let names = |text: Option<String>| text.map(|text| text.split(", ").map(ToOwned::to_owned).collect());
        let tables = connection
            .prepare(sql_file("list/table_kind.sql")?.text)?
            .query_map([], |row| {
                Ok(Self {
                    name: row.get(0)?,
                    row: row.get(1)?,
                    speaks_of: row.get(2)?,
                    reference_columns: names(row.get(3)?),
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(tables)
    }

    /// True for the flat extract.
    pub(super) fn is_flat(&self) -> bool {
        self.name.is_empty()
    }

    /// True for a list, which has columns of its own.
    pub(super) fn is_list(&self) -> bool {
        self.reference_columns.is_some()
    }

    /// True where a row speaks of a crime.
    pub(super) fn is_of_crime(&self) -> bool {
        !self.is_list() && self.row != "person"
    }

    /// True where a row is a crime itself.
    pub(super) fn has_crimes(&self) -> bool {
        self.is_flat() || self.row == "crime"
    }
}

/// The names of the tables there are.
#[cfg(test)]
pub(crate) fn table_names() -> Result<Vec<String>, Failure> {
    Ok(Table::all(&Connection::open_in_memory()?)?.into_iter().map(|table| table.name).collect())
}

/// The columns of a file and where they go.
pub(super) struct Form {
    pub(super) table: Table,
    pub(super) columns: Vec<FlatColumn>,
    /// Per column the one of the flat extract that says the same.
    flat_names: Vec<Option<String>>,
}

impl Form {
    pub(super) fn flat(columns: &[FlatColumn]) -> Self {
        let flat_names = columns.iter().map(|column| Some(column.name.clone())).collect();
        Self { table: Table::flat(), columns: columns.to_vec(), flat_names }
    }

    /// As `table_column` has it.
    pub(super) fn of_table(table: Table, connection: &Connection) -> Result<Self, Failure> {
        let mut statement = connection.prepare(
            "select column_name, is_required, kind, meaning, flat_column
             from table_column where table_name = ? order by ordinal",
        )?;
        let rows = statement.query_map([&table.name], |row| {
            let column = FlatColumn {
                name: row.get(0)?,
                is_required: row.get(1)?,
                kind: row.get(2)?,
                meaning: row.get(3)?,
                also_called: Vec::new(),
            };
            Ok((column, row.get(4)?))
        })?;
        let (columns, flat_names) = rows.collect::<Result<Vec<_>, _>>()?.into_iter().unzip();
        Ok(Self { table, columns, flat_names })
    }

    /// One SELECT item per column of the flat extract, or, of a list, per column of its own. `value` gives the
    /// expression of a column of this form.
    pub(super) fn select(&self, flat: &[FlatColumn], value: impl Fn(&str) -> String) -> Vec<String> {
        if self.table.is_list() {
            return self
                .columns
                .iter()
                .map(|column| format!("{} as {}", value(&column.name), column.name))
                .collect();
        }
        flat.iter()
            .map(|target| {
                let place = self.flat_names.iter().position(|name| name.as_ref() == Some(&target.name));
                let expression = place
                    .map_or_else(|| "null::varchar".to_owned(), |place| value(&self.columns[place].name));
                format!("{expression} as {}", target.name)
            })
            .collect()
    }

    /// True for a column of classes, which have two digits behind the point.
    pub(super) fn is_class(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column.name == name && column.kind == "class")
    }

    /// The columns of the file that hold codes or classes, as written there.
    pub(super) fn codes(&self, matched: &Matched) -> Vec<String> {
        let codes = self.columns.iter().filter(|column| ["code", "class"].contains(&column.kind.as_str()));
        codes.filter_map(|column| matched.taken.get(&column.name).cloned()).collect()
    }

    /// The parts of the record that the file speaks of besides the crimes themselves.
    pub(super) fn speaks_of(&self, matched: &Matched) -> Vec<String> {
        if self.table.is_flat() {
            let speaks = |prefix: &str| matched.taken.keys().any(|name| name.starts_with(prefix));
            let parts = [("suspect", "suspect_id"), ("victim", "victim_")];
            return parts
                .into_iter()
                .filter(|(_, prefix)| speaks(prefix))
                .map(|(part, _)| part.to_owned())
                .collect();
        }
        self.table.speaks_of.iter().cloned().collect()
    }
}
