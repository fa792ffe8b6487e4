//! Rows taken out of Parquet, and references out of other rows.

use super::mention::{Mention, Value};
use crate::database::{quoted, quoted_name};
use crate::failure::Failure;
use duckdb::Connection;
use std::path::Path;

/// Types of columns that may hold a reference.
const TEXTS: [&str; 5] = ["VARCHAR", "INTEGER", "BIGINT", "UBIGINT", "HUGEINT"];

/// What is to be done to the columns of a file.
#[derive(Default)]
struct Plan {
    /// Which rows are about the person.
    gone: Vec<String>,
    /// Columns with other values.
    replaced: Vec<String>,
}

/// The rows of a Parquet file that are not about the person, and how many are; nothing where it does not name them.
/// `workshop` is a folder for the new file until it has been read.
pub(super) fn without(
    path: &Path,
    mention: &Mention<'_>,
    workshop: &Path,
) -> Result<Option<(usize, Vec<u8>)>, Failure> {
    let connection = Connection::open_in_memory()?;
    let file = quoted(&path.display().to_string());
    let rows_of = format!("read_parquet({file}, hive_partitioning = false)");
    let columns: Vec<(String, String)> = connection
        .prepare(&format!("select column_name, column_type from (describe from {rows_of})"))?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut plan = Plan::default();
    for (name, kind) in &columns {
        let column = quoted_name(name);
        let is_list = kind == "VARCHAR[]";
        if !is_list && !TEXTS.contains(&kind.as_str()) {
            continue;
        }
        let word = if is_list { format!("unnest({column})") } else { format!("{column}::varchar") };
        let words = connection
            .prepare(&format!(
                "select distinct word from (select {word} as word from {rows_of}) where word is not null"
            ))?
            .query_map([], |row| row.get::<_, String>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        let said = words.into_iter().map(|word| (mention.value(name, &word), word));
        let said: Vec<_> = said.filter(|(value, _)| *value != Value::Other).collect();
        plan.take(&column, is_list, &said);
    }
    if plan.gone.is_empty() && plan.replaced.is_empty() {
        return Ok(None);
    }
    let gone = if plan.gone.is_empty() { "false".to_owned() } else { plan.gone.join(" or ") };
    let replaced = match plan.replaced.as_slice() {
        [] => String::new(),
        replaced => format!(" replace ({})", replaced.join(", ")),
    };
    let count = format!("select count(*) from {rows_of} where {gone}");
    let rows = connection.query_row(&count, [], |row| row.get(0))?;
    let draft = tempfile::Builder::new().suffix(".parquet").tempfile_in(workshop)?;
    connection.execute_batch(&format!(
        "copy (select *{replaced} from {rows_of} where not ({gone})) to {} (format parquet)",
        quoted(&draft.path().display().to_string())
    ))?;
    Ok(Some((rows, std::fs::read(draft.path())?)))
}

impl Plan {
    /// Takes in what the values of one column say.
    fn take(&mut self, column: &str, is_list: bool, said: &[(Value, String)]) {
        if said.is_empty() {
            return;
        }
        let words = |said: &[&(Value, String)]| {
            said.iter().map(|(_, word)| quoted(word)).collect::<Vec<_>>().join(", ")
        };
        if is_list {
            let words = words(&said.iter().collect::<Vec<_>>());
            self.replaced.push(format!(
                "list_filter({column}, lambda one: not coalesce(list_contains([{words}], one), false)) as {column}"
            ));
            return;
        }
        let (theirs, naming): (Vec<_>, Vec<_>) = said.iter().partition(|(value, _)| *value == Value::Theirs);
        if !theirs.is_empty() {
            self.gone.push(format!("coalesce({column}::varchar in ({}), false)", words(&theirs)));
        }
        let cases = naming.iter().filter_map(|(value, word)| match value {
            Value::Naming(without) => Some(format!("when {} then {}", quoted(word), quoted(without))),
            _ => None,
        });
        let cases = cases.collect::<Vec<_>>().join(" ");
        if !cases.is_empty() {
            self.replaced.push(format!("case {column} {cases} else {column} end as {column}"));
        }
    }
}
