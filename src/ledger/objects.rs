//! Which tables a piece of SQL reads, told from the names in it: macros and views of the program are followed.

use crate::embedded_sql::{self, SqlFile};
use crate::sql_text::tokens;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Tables of the program that SQL names, itself or through macros and views, by name. A column named like a table
/// counts as that table: rather one too many than one too few.
pub(crate) fn tables_of(sql: &str) -> Vec<String> {
    let files = files();
    let mut waiting = words(sql);
    let (mut seen, mut tables) = (BTreeSet::new(), BTreeSet::new());
    while let Some(name) = waiting.pop() {
        let Some(file) = files.get(name.as_str()) else { continue };
        if !seen.insert(file.path) {
            continue;
        }
        if file.path.starts_with("schema/") {
            tables.insert(file.name().to_owned());
        } else {
            waiting.extend(words(file.text));
        }
    }
    tables.into_iter().collect()
}

/// The files that make an object, by its name.
fn files() -> &'static BTreeMap<&'static str, SqlFile> {
    static FILES: OnceLock<BTreeMap<&'static str, SqlFile>> = OnceLock::new();
    FILES.get_or_init(|| {
        let layers = ["schema", "model", "ranking"].into_iter().flat_map(embedded_sql::folder);
        layers.map(|file| (file.name(), file)).collect()
    })
}

fn words(sql: &str) -> Vec<String> {
    tokens(sql).iter().filter(|token| token.is_name()).map(|token| token.value().to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macros_are_followed_to_tables() {
        let tables = tables_of("select * from HARM_RANKING(as_of := $day)");
        assert!(tables.iter().any(|table| table == "suspicion"), "{tables:?}");
        assert!(!tables.iter().any(|table| table == "load_batch"), "{tables:?}");
        assert_eq!(tables_of("select 'crime' from \"person\" -- victim"), ["person"]);
        assert_eq!(tables_of("select 1"), Vec::<String>::new());
    }
}
