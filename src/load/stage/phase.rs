//! The phases of staging: the numbered folders of `sql/load/stage`. Within a phase the files run in the order in which
//! they use each other; a step is one file in the folder of its phase.

use crate::database::{self, sql_file};
use crate::embedded_sql;
use crate::failure::Failure;
use duckdb::Connection;

/// What staging uses of other folders: the columns that files may have, the words for nobody, and how far a suspicion
/// has gone.
const FROM_ELSEWHERE: [&str; 12] = [
    "schema/flat_column.sql",
    "schema/table_column.sql",
    "schema/stand_in_word.sql",
    "weight/stand_in_word.sql",
    "model/stand_in_form.sql",
    "model/stand_in_pattern.sql",
    "schema/status_word.sql",
    "weight/status_word.sql",
    "model/is_rounded.sql",
    "model/is_stand_in.sql",
    "model/suspect_status_order.sql",
    "model/suspect_status_at.sql",
];

/// Makes the tables and macros that every reading of a file needs, in an engine of its own.
pub(in crate::load) fn begin(connection: &Connection) -> Result<(), Failure> {
    for path in FROM_ELSEWHERE {
        database::run(connection, &sql_file(path)?)?;
    }
    run(connection, "0_table", None)?;
    run(connection, "1_macro", None)
}

/// Runs one phase, with the steps of the way that the load takes through it, where ways differ: a folder within.
pub(super) fn run(connection: &Connection, name: &str, way: Option<&str>) -> Result<(), Failure> {
    let files = embedded_sql::phase(&format!("load/stage/{name}"), way);
    if files.is_empty() {
        return Err(Failure::failed(format!("the program lacks sql/load/stage/{name}")));
    }
    files.iter().try_for_each(|file| database::run(connection, file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedded_sql::{SqlFile, names_in};
    use std::collections::BTreeSet;

    const STAGE: &str = "load/stage";

    /// Each phase as it runs, by each way through it.
    fn phases() -> Vec<Vec<SqlFile>> {
        let mut found = BTreeSet::new();
        for file in embedded_sql::below(STAGE) {
            let mut folders = file.path[STAGE.len() + 1..].split('/').rev().skip(1).collect::<Vec<_>>();
            let phase = folders.pop();
            found.insert((phase, folders.pop()));
        }
        assert!(found.len() > 8, "{found:?}");
        let name = |phase: Option<&str>| format!("{STAGE}/{}", phase.unwrap_or_default());
        found.into_iter().map(|(phase, way)| embedded_sql::phase(&name(phase), way)).collect()
    }

    fn is_used_by(user: &SqlFile, file: &SqlFile) -> bool {
        user != file && names_in(user.text).contains(&file.name())
    }

    /// Steps that come before one that they use.
    fn too_early(files: &[SqlFile]) -> Vec<String> {
        let later = |place: usize| files[place + 1..].iter();
        let used = |place: usize| later(place).filter(move |file| is_used_by(&files[place], file));
        (0..files.len())
            .flat_map(|place| {
                used(place).map(move |file| format!("{} before {}", files[place].path, file.path))
            })
            .collect()
    }

    /// Steps of which one changes what the other reads, where neither uses the other: which of them comes first is
    /// left to chance.
    fn in_any_order(files: &[SqlFile]) -> Vec<String> {
        let mut found = Vec::new();
        for changing in files {
            for changed in tables_changed(changing) {
                let mut affected = vec![changed];
                for view in files.iter().filter(|file| file.text.contains("create view ")) {
                    // In the order in which they run, so that a view of a view is met.
                    if names_in(view.text).iter().any(|word| affected.contains(word)) {
                        affected.push(view.name());
                    }
                }
                let reads = |file: &&SqlFile| {
                    *file != changing && names_in(file.text).iter().any(|word| affected.contains(word))
                };
                let is_ordered = |file: &SqlFile| {
                    comes_before(file, changing, files) || comes_before(changing, file, files)
                };
                let reading = files.iter().filter(reads).filter(|file| !file.text.contains("create view "));
                found.extend(
                    reading.filter(|file| !is_ordered(file)).map(|file| {
                        format!("{} changes {changed}, which {} reads", changing.path, file.path)
                    }),
                );
            }
        }
        found
    }

    fn tables_changed(file: &SqlFile) -> Vec<&'static str> {
        let changes = ["insert into ", "update ", "delete from "];
        let table = |line: &'static str| changes.iter().find_map(|words| line.strip_prefix(words));
        let name = |rest: &'static str| rest.split([' ', ';']).next().unwrap_or_default();
        file.text.lines().filter_map(table).map(name).filter(|name| *name != file.name()).collect()
    }

    /// True where the one is used by the other, or by what the other uses.
    fn comes_before(one: &SqlFile, other: &SqlFile, files: &[SqlFile]) -> bool {
        let mut earlier = files.iter().take_while(|file| *file != other);
        is_used_by(other, one)
            || earlier.any(|between| is_used_by(other, between) && comes_before(one, between, files))
    }

    #[test]
    fn a_step_comes_after_those_it_uses() {
        let wrong: Vec<_> = phases().iter().flat_map(|files| too_early(files)).collect();
        assert_eq!(wrong, Vec::<String>::new());
    }

    #[test]
    fn what_a_step_changes_is_read_in_the_same_phase_only_by_steps_in_a_certain_order() {
        let wrong: Vec<_> = phases().iter().flat_map(|files| in_any_order(files)).collect();
        assert_eq!(wrong, Vec::<String>::new(), "put what reads it into a later phase");
    }

    #[test]
    fn circles_and_changes_in_any_order_are_found() {
        let file = |path, text| SqlFile { path, text };
        let circle = [file("a.sql", "create view a as from b;"), file("b.sql", "create view b as from a;")];
        assert_eq!(too_early(&circle), ["a.sql before b.sql"]);
        let chance = [
            file("row.sql", "create table row as select 1 as place;"),
            file("more.sql", "insert into row by name select 2 as place;"),
            file("all_rows.sql", "create view all_rows as from row;"),
            file("total.sql", "create table total as select count(*) from all_rows;"),
        ];
        assert_eq!(in_any_order(&chance), ["more.sql changes row, which total.sql reads"]);
    }
}
