//! What is published in the database is described, typed and named as the style asks.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use duckdb::{Config, Connection};
use harmrank::database::{self, Access};
use harmrank::embedded_sql::{self, SqlFile};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

const LAYERS: [&str; 4] = ["schema", "weight", "model", "ranking"];
const RULES: std::ops::RangeInclusive<u32> = 1..=32;
/// Rules about all that is printed: 31 the words of titles, 32 what is left out of outputs.
const RULES_WITHOUT_SQL: [u32; 2] = [31, 32];

#[test]
fn every_table_view_and_macro_has_a_comment() {
    let without = ask("select concat('table ', table_name) from duckdb_tables()
         where not internal and coalesce(trim(comment), '') = ''
         union all
         select concat('view ', view_name) from duckdb_views()
         where not internal and coalesce(trim(comment), '') = ''
         union all
         select distinct concat('macro ', function_name) from duckdb_functions()
         where not internal and coalesce(trim(comment), '') = ''
         order by all");
    assert_eq!(without, Vec::<String>::new());
}

#[test]
fn every_column_of_a_table_has_a_comment() {
    let without = ask("select concat(table_name, '.', column_name)
         from duckdb_columns()
         inner join duckdb_tables() using (database_name, schema_name, table_name)
         where not duckdb_columns.internal and coalesce(trim(duckdb_columns.comment), '') = ''
         order by all");
    assert_eq!(without, Vec::<String>::new());
}

#[test]
fn every_parameter_of_a_table_macro_has_a_type() {
    let without = ask("select concat(function_name, '(', parameter.name, ')')
         from (
             select function_name, unnest(list_zip(parameters, parameter_types)) as pair
             from duckdb_functions()
             where not internal and function_type = 'table_macro'
         ) as macro, lateral (select pair[1] as name, pair[2] as type) as parameter
         where coalesce(parameter.type, '') in ('', 'ANY', 'UNKNOWN')
         order by all");
    assert_eq!(without, Vec::<String>::new());
}

/// Such a parameter is shadowed by the column, in silence.
#[test]
fn no_parameter_of_a_table_macro_is_named_like_a_column() {
    let clashes =
        ask("select distinct concat(function_name, '(', parameter, ') and ', table_name, '.', column_name)
         from (
             select function_name, unnest(parameters) as parameter
             from duckdb_functions()
             where not internal and function_type = 'table_macro'
         ) as macro
         inner join duckdb_columns() on lower(column_name) = lower(parameter) and not duckdb_columns.internal
         order by all");
    assert_eq!(clashes, Vec::<String>::new());
}

#[test]
fn every_file_makes_the_one_object_it_is_named_after() {
    let objects: BTreeSet<String> = ask("select table_name from duckdb_tables() where not internal
         union select view_name from duckdb_views() where not internal
         union select function_name from duckdb_functions() where not internal")
    .into_iter()
    .collect();
    let files: Vec<SqlFile> =
        ["schema", "model", "ranking"].iter().flat_map(|layer| embedded_sql::folder(layer)).collect();
    let named: BTreeSet<String> = files.iter().map(|file| file.name().to_owned()).collect();
    assert_eq!(named, objects, "left: files, right: objects");
    let of_several: Vec<_> = files
        .iter()
        .filter(|file| lines_beginning(file.text, "create ") != 1)
        .map(|file| file.path)
        .collect();
    assert_eq!(of_several, Vec::<&str>::new());
    let weights_that_create: Vec<_> = embedded_sql::folder("weight")
        .iter()
        .filter(|file| lines_beginning(file.text, "create ") > 0)
        .map(|file| file.path)
        .collect();
    assert_eq!(weights_that_create, Vec::<&str>::new());
}

#[test]
fn every_file_begins_with_what_it_holds() {
    let files: Vec<SqlFile> = LAYERS.iter().flat_map(|layer| embedded_sql::folder(layer)).collect();
    assert!(files.len() > 50, "the tree is embedded");
    let without: Vec<_> =
        files.iter().filter(|file| !first_line(file).starts_with("-- ")).map(|file| file.path).collect();
    assert_eq!(without, Vec::<&str>::new());
    let rowless: Vec<_> = files
        .iter()
        .filter(|file| {
            ["create table ", "create view ", " as table\n"].iter().any(|sign| file.text.contains(sign))
        })
        .filter(|file| !first_line(file).starts_with("-- One row"))
        .map(|file| file.path)
        .collect();
    assert_eq!(rowless, Vec::<&str>::new());
}

/// Nor an `alias.*` in the last select, whose columns are those published.
#[test]
fn no_published_object_selects_a_star() {
    let starred: Vec<_> = ["model", "ranking"]
        .iter()
        .flat_map(|layer| embedded_sql::folder(layer))
        .filter(|file| {
            let code = without_comments(file.text);
            let words = code.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            let published = code.rsplit_once("\nselect").map_or(code.as_str(), |(_, last)| last);
            words.contains("select *") || words.contains("select distinct *") || published.contains(".*")
        })
        .map(|file| file.path)
        .collect();
    assert_eq!(starred, Vec::<&str>::new());
}

#[test]
fn every_rule_is_named_where_it_is_implemented() {
    let named: BTreeSet<u32> =
        ["schema", "weight", "model", "ranking", "load/stage", "load/merge", "report", "adapter"]
            .iter()
            .flat_map(|layer| embedded_sql::below(layer))
            .flat_map(|file| rules_named(file.text))
            .collect();
    let missing: Vec<u32> =
        RULES.filter(|rule| !named.contains(rule) && !RULES_WITHOUT_SQL.contains(rule)).collect();
    assert_eq!(missing, Vec::<u32>::new());
    let unknown: Vec<_> = named.iter().filter(|rule| !RULES.contains(rule)).collect();
    assert_eq!(unknown, Vec::<&u32>::new(), "rules that do not exist");
    let needless: Vec<_> = RULES_WITHOUT_SQL.iter().filter(|rule| named.contains(rule)).collect();
    assert_eq!(needless, Vec::<&u32>::new(), "rules that have their SQL");
}

/// What stands between `opening` and the next `closing`, line by line, without commas at the ends.
fn lines_between<'a>(text: &'a str, opening: &str, closing: &str) -> Option<Vec<&'a str>> {
    let after = &text[text.find(opening)? + opening.len()..];
    let inside = &after[..after.find(closing)?];
    Some(
        inside
            .lines()
            .map(|line| line.trim().trim_end_matches(','))
            .filter(|line| !line.is_empty())
            .collect(),
    )
}

/// The parameters of evidence are written where it is made, and again where a macro or a report takes them for it.
#[test]
fn the_parameters_of_a_list_are_the_same_wherever_they_are_repeated() {
    let text = |path: &str| embedded_sql::file(path).unwrap_or_else(|| panic!("sql/{path}")).text;
    let declared =
        lines_between(text("ranking/harm_evidence.sql"), "create macro harm_evidence(", ") as table");
    let declared = declared.expect("the parameters of harm_evidence");
    assert!(declared.len() > 10, "{declared:?}");
    let names: Vec<&str> = declared.iter().filter_map(|line| line.split(' ').next()).collect();
    for file in embedded_sql::folder("ranking").iter().filter(|file| file.name() != "harm_evidence") {
        let opening = format!("create macro {}(", file.name());
        let Some(theirs) = lines_between(file.text, &opening, ") as table") else { continue };
        let is_shared = |line: &&&str| names.contains(&line.split(' ').next().unwrap_or_default());
        let shared: Vec<_> = theirs.iter().filter(is_shared).copied().collect();
        if file.text.contains("from harm_evidence(") {
            let expected: Vec<_> = declared.iter().filter(|line| shared.contains(line)).copied().collect();
            assert_eq!(shared, expected, "{}: other types, defaults or order", file.path);
        }
    }
    for path in [
        "ranking/harm_ranking.sql",
        "ranking/harm_note.sql",
        "ranking/harm_explanation.sql",
        "report/v100.sql",
        "report/explain.sql",
    ] {
        let passed = lines_between(text(path), "from harm_evidence(", ") as").expect("a call");
        let passed: Vec<&str> = passed.iter().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(passed, names, "{path} passes on other parameters");
    }
}

/// What the head of the list takes where nothing is given is what the macro takes.
#[test]
fn the_defaults_of_the_list_are_those_of_its_macro() {
    let list =
        harmrank::report::built_in().expect("reports").into_iter().find(|report| report.name == "v100");
    let list = list.expect("v100");
    let passed = lines_between(&list.text, "from harm_evidence(", ") as").expect("a call");
    let macros = embedded_sql::file("ranking/harm_evidence.sql").expect("harm_evidence").text;
    let declared = lines_between(macros, "create macro harm_evidence(", ") as table").expect("parameters");
    let index = ask("select default_index()").concat();
    for line in declared {
        let Some((name, default)) = line.split_once(" := ") else { continue };
        let name = name.split(' ').next().unwrap_or_default();
        let of_report =
            passed.iter().find_map(|line| line.strip_prefix(&format!("{name} := $"))).expect(name);
        let parameter = list.header.parameters.iter().find(|known| known.name == of_report).expect(of_report);
        let default = match default.trim_matches('\'') {
            "null" => None,
            "default_index()" => Some(index.clone()),
            plain => Some(plain.to_owned()),
        };
        assert_eq!(parameter.default_text(), default, "{of_report}");
        if name == "min_age" {
            let coverage = embedded_sql::file("report/coverage.sql").expect("coverage").text;
            assert!(coverage.contains(&format!("{} as least_age", default.expect("an age"))), "coverage");
        }
    }
}

/// A folder called `code=19C` in a path is no column: nothing that reads a file leaves that to the engine.
#[test]
fn every_reader_of_a_file_takes_no_folder_for_a_column() {
    let sql = texts_below(Path::new("sql"), "sql");
    let code = texts_below(Path::new("src"), "rs");
    let readers = ["read_csv(", "read_parquet(", "read_json("];
    for (path, text) in sql.iter().chain(&code) {
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let calls: usize = readers.iter().map(|reader| text.matches(reader).count()).sum();
        let said = text.matches("hive_partitioning").count();
        assert!(calls <= said, "{path}: {calls} readers, {said} times hive_partitioning = false");
    }
}

/// Standard output and standard error have few doors, so that nothing of people and files passes them as it is.
#[test]
fn what_is_printed_passes_few_doors() {
    let doors = ["commands/streams.rs", "commands/output.rs", "commands/progress.rs", "render/pager.rs"];
    // A pipe to this program, and questions about the terminal.
    let others =
        ["explore/child.rs", "context.rs", "embed_sql.rs", "schedule/attempt.rs", "standard_output.rs"];
    for (path, text) in texts_below(Path::new("src"), "rs") {
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let writes = text.lines().any(|line| {
            ["io::stdout()", "io::stderr()", "print!(", "println!("].iter().any(|way| line.contains(way))
                && !line.contains("is_terminal")
        });
        let is_door = doors.iter().chain(&others).any(|door| path.ends_with(door));
        assert!(!writes || is_door, "{path} writes by itself: use commands/streams.rs");
    }
}

/// What the manual says of safety names the tests that hold it.
#[test]
fn every_test_that_the_manual_names_is_there() {
    let manual = std::fs::read_to_string("src/manual/security.md").expect("the manual");
    let sources = [texts_below(Path::new("tests"), "rs"), texts_below(Path::new("src"), "rs")].concat();
    let named: Vec<_> = manual.split('`').skip(1).step_by(2).filter(|word| word.contains('_')).collect();
    assert!(named.len() > 15, "{named:?}");
    for name in named {
        let function = format!("fn {name}(");
        assert!(sources.iter().any(|(_, text)| text.contains(&function)), "no test {name}");
    }
}

/// Path and text of every file of an ending below a folder.
fn texts_below(folder: &Path, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(texts_below(&path, ending));
        } else if path.extension().is_some_and(|known| known == ending) {
            found.push((path.display().to_string(), std::fs::read_to_string(&path).expect("text")));
        }
    }
    found
}

/// A new database, and the folder it lives in.
fn new_database() -> (TempDir, Connection) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("catalogue.duckdb");
    let access = Access { path: path.clone(), wait: Duration::ZERO, threads: None, memory: None };
    database::create(&access).expect("a new database");
    let config = Config::default()
        .with("autoinstall_known_extensions", "false")
        .and_then(|config| config.with("autoload_known_extensions", "false"))
        .expect("known settings");
    let connection = Connection::open_with_flags(&path, config).expect("the new database");
    (folder, connection)
}

/// The first column of a query on a new database.
fn ask(query: &str) -> Vec<String> {
    let (_folder, connection) = new_database();
    let mut statement = connection.prepare(query).expect("a query that can be read");
    let rows = statement.query_map([], |row| row.get(0)).expect("an answer");
    rows.collect::<Result<_, _>>().expect("texts")
}

fn first_line(file: &SqlFile) -> &'static str {
    file.text.lines().next().unwrap_or_default()
}

fn lines_beginning(text: &str, with: &str) -> usize {
    text.lines().filter(|line| line.starts_with(with)).count()
}

fn without_comments(text: &str) -> String {
    text.lines().map(|line| line.split("--").next().unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

/// The numbers in `rule 4`, `rules 4 and 7` and `rules 10 to 12`.
fn rules_named(text: &str) -> BTreeSet<u32> {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number = |place: usize| words.get(place).and_then(|word| word.parse::<u32>().ok());
    let mut named = BTreeSet::new();
    for (place, word) in words.iter().enumerate() {
        if *word != "rule" && *word != "rules" {
            continue;
        }
        let Some(first) = number(place + 1) else { continue };
        named.insert(first);
        match (words.get(place + 2), number(place + 3)) {
            (Some(&"to"), Some(last)) => named.extend(first..=last),
            (Some(&"and"), Some(second)) => {
                named.insert(second);
            }
            _ => {}
        }
    }
    named
}

#[test]
fn ranges_and_pairs_of_rules_are_read() {
    let named = rules_named("-- Rule 4: a victim (rules 10 to 12, rules 5 and 19).\n-- rule of thumb 7");
    assert_eq!(named.into_iter().collect::<Vec<_>>(), [4, 5, 10, 11, 12, 19]);
}
