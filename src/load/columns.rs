//! Columns of a source matched to those of the flat extract by name, never by position.

use crate::failure::{Failure, Kind, Problem};
use crate::report::nearest;
use duckdb::Connection;
use std::collections::BTreeMap;

/// One column of the flat extract.
#[derive(Clone, Debug)]
pub struct FlatColumn {
    /// Its name.
    pub name: String,
    /// True where a source without it is refused.
    pub is_required: bool,
}

/// Which column of a source gives which column of the flat extract.
#[derive(Clone, Debug, Default)]
pub struct Matched {
    /// Flat column to column of the source, as written there.
    pub taken: BTreeMap<String, String>,
    /// Columns of the source that the flat extract does not have.
    pub ignored: Vec<String>,
}

/// The columns of the flat extract, in order.
///
/// # Errors
/// When the table that lists them cannot be read.
pub fn flat_columns(connection: &Connection) -> Result<Vec<FlatColumn>, Failure> {
    let columns = connection
        .prepare("select column_name, is_required from flat_column order by ordinal")?
        .query_map([], |row| Ok(FlatColumn { name: row.get(0)?, is_required: row.get(1)? }))?
        .collect::<Result<_, _>>()?;
    Ok(columns)
}

/// Matches names without regard to case, spaces, hyphens and underscores.
///
/// # Errors
/// One problem per required column that is missing and per column that stands twice.
pub fn match_columns(given: &[String], flat: &[FlatColumn], at: &str) -> Result<Matched, Failure> {
    let mut matched = Matched::default();
    let mut problems = Vec::new();
    for name in given {
        let Some(column) = flat.iter().find(|column| plain(&column.name) == plain(name)) else {
            matched.ignored.push(name.clone());
            continue;
        };
        if let Some(first) = matched.taken.insert(column.name.clone(), name.clone()) {
            problems
                .push(problem(format!("column {} stands twice, as {first:?} and {name:?}", column.name), at));
        }
    }
    let has_any = |names: &[&str]| names.iter().any(|name| matched.taken.contains_key(*name));
    for column in flat.iter().filter(|column| column.is_required) {
        // A class or an item says as much as a code.
        let alternatives: &[&str] =
            if column.name == "code" { &["code", "ho_class", "item"] } else { &[&column.name] };
        if has_any(alternatives) {
            continue;
        }
        let mut missing = problem(format!("no column {}", column.name), at);
        missing.hint = Some(match nearest(&column.name, &matched.ignored) {
            Some(near) => format!("is it {near:?}? rename it, or read the file with your own adapter"),
            None => format!("the file has: {}", given.join(", ")),
        });
        problems.push(missing);
    }
    if problems.is_empty() { Ok(matched) } else { Err(Failure { kind: Kind::Failed, problems }) }
}

fn problem(message: String, at: &str) -> Problem {
    Problem { message, hint: None, at: Some(at.to_owned()) }
}

fn plain(name: &str) -> String {
    name.trim_start_matches('\u{feff}')
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat() -> Vec<FlatColumn> {
        [("crime_id", true), ("code", true), ("ho_class", false), ("reported_on", true), ("borough", false)]
            .map(|(name, is_required)| FlatColumn { name: name.to_owned(), is_required })
            .to_vec()
    }

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn names_match_whatever_their_order_case_and_spacing() {
        let given = names(&["Reported On", "CRIME-ID", "HO Class", "officer"]);
        let matched = match_columns(&given, &flat(), "f.csv").expect("matched");
        assert_eq!(matched.taken["reported_on"], "Reported On");
        assert_eq!(matched.taken["crime_id"], "CRIME-ID");
        assert_eq!(matched.ignored, ["officer"]);
    }

    #[test]
    fn every_missing_and_doubled_column_is_named_at_once() {
        let given = names(&["crimeid", "crime_id", "reported_date"]);
        let failure = match_columns(&given, &flat(), "f.csv").expect_err("refused");
        let text = failure.to_string();
        assert_eq!(failure.problems.len(), 3, "{text}");
        assert!(text.contains("crime_id stands twice"), "{text}");
        assert!(text.contains("no column code"), "{text}");
        assert!(text.contains("is it \"reported_date\"?"), "{text}");
    }
}
