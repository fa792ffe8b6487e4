//! What a file holds: the flat extract, or one of the tables of a load by tables.

use super::columns::{FlatColumn, Matched};
use crate::failure::Failure;
use duckdb::Connection;

/// A file of a load by tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    /// One row per crime.
    Crimes,
    /// One row per person.
    Persons,
    /// One row per crime and suspect.
    Suspects,
    /// One row per crime and victim.
    Victims,
    /// One row per spell in custody.
    Custody,
    /// One row per reference merged into another.
    Identities,
    /// One row per reference and the cluster it is in.
    Clusters,
    /// One row per person who died.
    Deaths,
    /// One row per decision to leave someone out.
    Exclusions,
    /// One row per action taken about a person.
    Actions,
    /// One row per person of whom a protected characteristic is known.
    Protected,
}

impl Table {
    /// Its name in `table_column`; the flag is the same.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Crimes => "crimes",
            Self::Persons => "persons",
            Self::Suspects => "suspects",
            Self::Victims => "victims",
            Self::Custody => "custody",
            Self::Identities => "identities",
            Self::Clusters => "clusters",
            Self::Deaths => "deaths",
            Self::Exclusions => "exclusions",
            Self::Actions => "actions",
            Self::Protected => "protected",
        }
    }

    fn row(self) -> Row {
        match self {
            Self::Crimes => Row::Crime,
            Self::Suspects => Row::Suspect,
            Self::Victims => Row::Victim,
            Self::Persons | Self::Deaths => Row::Person,
            Self::Custody => Row::List(List::Custody),
            Self::Identities => Row::List(List::Identity),
            Self::Clusters => Row::List(List::Cluster),
            Self::Exclusions => Row::List(List::Exclusion),
            Self::Actions => Row::List(List::Action),
            Self::Protected => Row::List(List::Protected),
        }
    }
}

/// What one row of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    Flat,
    Crime,
    Suspect,
    Victim,
    Person,
    List(List),
}

impl Row {
    /// True where a row speaks of a crime.
    pub(super) fn is_of_crime(self) -> bool {
        matches!(self, Self::Flat | Self::Crime | Self::Suspect | Self::Victim)
    }

    /// The word for it in `staged_flat`; none where it is no row of the flat extract.
    pub(super) fn part(self) -> Option<&'static str> {
        match self {
            Self::Flat => Some("row"),
            Self::Crime => Some("crime"),
            Self::Suspect => Some("suspect"),
            Self::Victim => Some("victim"),
            Self::Person => Some("person"),
            Self::List(_) => None,
        }
    }
}

/// A list: given whole, it replaces the one held, but for what is known of people one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Identity,
    Cluster,
    Custody,
    Exclusion,
    Action,
    Protected,
}

impl List {
    pub(super) const ALL: [Self; 6] =
        [Self::Identity, Self::Cluster, Self::Custody, Self::Exclusion, Self::Action, Self::Protected];

    pub(super) fn table(self) -> Table {
        match self {
            Self::Identity => Table::Identities,
            Self::Cluster => Table::Clusters,
            Self::Custody => Table::Custody,
            Self::Exclusion => Table::Exclusions,
            Self::Action => Table::Actions,
            Self::Protected => Table::Protected,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Cluster => "cluster",
            Self::Custody => "custody",
            Self::Exclusion => "exclusion",
            Self::Action => "action",
            Self::Protected => "protected",
        }
    }
}

/// The columns of a file and where they go.
pub(super) struct Form {
    pub(super) row: Row,
    pub(super) columns: Vec<FlatColumn>,
    /// Per column the one of the flat extract that says the same.
    flat_names: Vec<Option<String>>,
}

impl Form {
    pub(super) fn flat(columns: &[FlatColumn]) -> Self {
        let flat_names = columns.iter().map(|column| Some(column.name.clone())).collect();
        Self { row: Row::Flat, columns: columns.to_vec(), flat_names }
    }

    /// As `table_column` has it.
    pub(super) fn of_table(table: Table, connection: &Connection) -> Result<Self, Failure> {
        let mut form = Self { row: table.row(), columns: Vec::new(), flat_names: Vec::new() };
        let mut statement = connection.prepare(
            "select column_name, is_required, kind, meaning, example, flat_column
             from table_column where table_name = ? order by ordinal",
        )?;
        let rows = statement.query_map([table.name()], |row| {
            let column = FlatColumn {
                name: row.get(0)?,
                is_required: row.get(1)?,
                kind: row.get(2)?,
                meaning: row.get(3)?,
                example: row.get(4)?,
                also_called: Vec::new(),
            };
            Ok((column, row.get(5)?))
        })?;
        for row in rows {
            let (column, flat_name) = row?;
            form.columns.push(column);
            form.flat_names.push(flat_name);
        }
        Ok(form)
    }

    /// One SELECT item per column of the flat extract, or, of a list, per column of its own. `value` gives the
    /// expression of a column of this form.
    pub(super) fn select(&self, flat: &[FlatColumn], value: impl Fn(&str) -> String) -> Vec<String> {
        if let Row::List(_) = self.row {
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

    /// The parts of the record that the file speaks of besides the crimes themselves.
    pub(super) fn speaks_of(&self, matched: &Matched) -> Vec<&'static str> {
        match self.row {
            Row::Flat => {
                let speaks = |prefix: &str| matched.taken.keys().any(|name| name.starts_with(prefix));
                let parts = [("suspect", "suspect_id"), ("victim", "victim_")];
                parts.into_iter().filter(|(_, prefix)| speaks(prefix)).map(|(part, _)| part).collect()
            }
            Row::Suspect => vec!["suspect"],
            Row::Victim => vec!["victim"],
            Row::Crime | Row::Person => Vec::new(),
            Row::List(List::Identity | List::Cluster) => vec!["identity"],
            Row::List(list) => vec![list.name()],
        }
    }
}
