//! The meaning of the SQL: every `.slt` file below `tests/slt` is its own test, on a database of its own.
//!
//! Files below `tests/slt/load` see the macros that read a source's text; all others a new database with the
//! twelve people of `tests/slt/fixture.sql`. Column kinds are checked: `I` integer, `D` exact decimal (printed
//! without trailing zeros), `R` floating point, `B` boolean, `T` everything else.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use arrow::array::{Array, ArrayRef};
use arrow::datatypes::DataType;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use duckdb::{Config, Connection};
use harmrank::database::{self, Access};
use harmrank::embedded_sql::{self, SqlFile};
use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// Layers of which every object has its own cases.
const MIRRORED: [&str; 3] = ["weight", "model", "ranking"];
/// Rules that a `.slt` file can show; 2, 3 and 6 are those of loading.
const RULES: [(u32, u32); 4] = [(1, 1), (4, 5), (7, 7), (8, 32)];

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/slt");
    let cases = case_files(&root);
    let template = Arc::new(Template::new(&root));
    let mut trials: Vec<Trial> = cases
        .iter()
        .map(|(name, path)| {
            let (template, path, is_load) = (Arc::clone(&template), path.clone(), name.starts_with("load/"));
            Trial::test(name.clone(), move || run_case(&template, &path, is_load))
        })
        .collect();
    let names: BTreeSet<String> = cases.iter().map(|(name, _)| name.clone()).collect();
    let texts: Vec<String> = cases.iter().filter_map(|(_, path)| fs::read_to_string(path).ok()).collect();
    trials.push(Trial::test("every_object_has_its_cases", move || every_object_has_its_cases(&names)));
    trials.push(Trial::test("every_rule_is_named_by_a_case", move || every_rule_is_named_by_a_case(&texts)));
    libtest_mimic::run(&arguments, trials).exit();
}

/// Path below the root without the ending, and the file; in order of name.
fn case_files(root: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a readable folder of cases") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "slt") {
                let name =
                    path.with_extension("").strip_prefix(root).expect("below the root").display().to_string();
                found.push((name, path));
            }
        }
    }
    found.sort();
    found
}

/// A new database with the twelve people, made once and copied for every case file.
struct Template {
    folder: TempDir,
}

impl Template {
    fn new(root: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let template = Self { folder };
        let path = template.path();
        database::create(&Access { path: path.clone(), wait: Duration::ZERO, threads: None, memory: None })
            .unwrap_or_else(|failure| panic!("the database: {failure:?}"));
        let connection = Connection::open_with_flags(&path, offline()).expect("the new database");
        let fixture = fs::read_to_string(root.join("fixture.sql")).expect("the fixture");
        connection.execute_batch(&fixture).unwrap_or_else(|error| panic!("fixture.sql: {error}"));
        connection.execute_batch("checkpoint").expect("a checkpoint");
        template
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("template.duckdb")
    }
}

fn offline() -> Config {
    Config::default()
        .with("autoinstall_known_extensions", "false")
        .and_then(|config| config.with("autoload_known_extensions", "false"))
        .and_then(|config| config.threads(2))
        .expect("known settings")
}

fn run_case(template: &Template, path: &Path, is_load: bool) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let engine = if is_load { Engine::staging()? } else { Engine::database(template, folder.path())? };
    let records = records(&fs::read_to_string(path)?)?;
    if records.is_empty() {
        return Err("the file holds no case".into());
    }
    for record in records {
        record.run(&engine).map_err(|message| format!("line {}: {message}\n{}", record.line, record.sql))?;
    }
    Ok(())
}

/// One case of a `.slt` file. Of the format only what these files need: `statement ok`, `statement error TEXT`
/// and `query KINDS`, whose rows stand below `----` in order; records end with an empty line, `#` is a comment.
/// A crate that reads it all would bring a macro crate that makes Cargo compile the engine a second time for tests.
struct Record {
    line: usize,
    sql: String,
    expected: Expected,
}

enum Expected {
    Success,
    Error(String),
    Rows { kinds: String, rows: Vec<String> },
}

fn records(text: &str) -> Result<Vec<Record>, Failed> {
    let mut records = Vec::new();
    let mut lines = text.lines().enumerate().peekable();
    while let Some((index, head)) = lines.next() {
        if head.trim().is_empty() || head.starts_with('#') {
            continue;
        }
        let mut body = Vec::new();
        while let Some((_, line)) = lines.next_if(|(_, line)| !line.trim().is_empty()) {
            body.push(line);
        }
        let divider = body.iter().position(|line| *line == "----");
        let (sql, rows) = body.split_at(divider.unwrap_or(body.len()));
        let expected = match head.split_once(' ') {
            Some(("statement", "ok")) => Expected::Success,
            Some(("statement", rest)) if rest.starts_with("error ") => Expected::Error(rest[6..].to_owned()),
            Some(("query", kinds))
                if divider.is_some() && kinds.chars().all(|kind| "IDRBT".contains(kind)) =>
            {
                let rows = rows.iter().skip(1).map(|row| spaced(row)).collect();
                Expected::Rows { kinds: kinds.to_owned(), rows }
            }
            _ => return Err(format!("line {}: not understood: {head}", index + 1).into()),
        };
        records.push(Record { line: index + 1, sql: sql.join("\n"), expected });
    }
    Ok(records)
}

/// A row with one space between its values.
fn spaced(row: &str) -> String {
    row.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Record {
    fn run(&self, engine: &Engine) -> Result<(), String> {
        let outcome = engine.run(&self.sql);
        match (&self.expected, outcome) {
            (Expected::Success, Ok(_)) => Ok(()),
            (Expected::Error(words), Err(error)) if error.to_string().contains(words) => Ok(()),
            (Expected::Error(words), Err(error)) => {
                Err(format!("fails without the words {words:?}: {error}"))
            }
            (Expected::Error(words), Ok(_)) => Err(format!("succeeds, where it should say {words:?}")),
            (Expected::Success | Expected::Rows { .. }, Err(error)) => Err(format!("fails: {error}")),
            (Expected::Rows { kinds, rows }, Ok((found_kinds, found))) => {
                if *kinds != found_kinds {
                    return Err(format!("columns are {found_kinds}, not {kinds}"));
                }
                if *rows == found {
                    return Ok(());
                }
                Err(format!("rows are\n{}\nnot\n{}", found.join("\n"), rows.join("\n")))
            }
        }
    }
}

struct Engine {
    connection: Connection,
}

impl Engine {
    fn database(template: &Template, folder: &Path) -> Result<Self, Failed> {
        let copy = folder.join("case.duckdb");
        fs::copy(template.path(), &copy)?;
        Ok(Self { connection: Connection::open_with_flags(&copy, offline())? })
    }

    /// The macros that read text, as a load has them before the database is opened.
    fn staging() -> Result<Self, Failed> {
        let connection = Connection::open_in_memory_with_flags(offline())?;
        for file in staging_macros() {
            connection.execute_batch(file.text)?;
        }
        Ok(Self { connection })
    }
}

fn staging_macros() -> Vec<SqlFile> {
    embedded_sql::layer("load/stage/1_macro")
}

impl Engine {
    /// The kinds of the columns, and the rows, values apart by one space.
    fn run(&self, sql: &str) -> duckdb::Result<(String, Vec<String>)> {
        let mut statement = self.connection.prepare(sql)?;
        let batches: Vec<_> = statement.query_arrow([])?.collect();
        let schema = statement.schema();
        let kinds = schema.fields().iter().map(|field| kind(field.data_type())).collect();
        let rows = batches.iter().flat_map(|batch| {
            (0..batch.num_rows()).map(|row| {
                let cells: Vec<_> = batch.columns().iter().map(|column| cell(column, row)).collect();
                spaced(&cells.join(" "))
            })
        });
        Ok((kinds, rows.collect()))
    }
}

fn cell(column: &ArrayRef, row: usize) -> String {
    if column.is_null(row) {
        return "NULL".to_owned();
    }
    let options = FormatOptions::new().with_null("NULL");
    let text = ArrayFormatter::try_new(column, &options).expect("a printable column").value(row).to_string();
    match column.data_type() {
        DataType::Decimal128(_, scale) if *scale > 0 => {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        _ if text.is_empty() => "(empty)".to_owned(),
        _ => text,
    }
}

/// Letter of a column's kind: `I` integer, `D` exact decimal, `R` floating point, `B` boolean, `T` all else.
fn kind(data_type: &DataType) -> char {
    match data_type {
        DataType::Decimal128(_, 0) => 'I',
        DataType::Decimal128(..) => 'D',
        DataType::Float16 | DataType::Float32 | DataType::Float64 => 'R',
        DataType::Boolean => 'B',
        integer if integer.is_integer() => 'I',
        _ => 'T',
    }
}

fn every_object_has_its_cases(cases: &BTreeSet<String>) -> Result<(), Failed> {
    let objects: BTreeSet<String> = MIRRORED
        .iter()
        .flat_map(|layer| embedded_sql::folder(layer))
        .chain(staging_macros())
        .filter_map(|file| file.path.strip_suffix(".sql").map(ToOwned::to_owned))
        .collect();
    let without_cases: Vec<_> = objects.difference(cases).collect();
    let without_object: Vec<_> =
        cases.iter().filter(|case| embedded_sql::file(&format!("{case}.sql")).is_none()).collect();
    if without_cases.is_empty() && without_object.is_empty() {
        return Ok(());
    }
    Err(format!("objects without cases: {without_cases:?}; cases without an object: {without_object:?}")
        .into())
}

fn every_rule_is_named_by_a_case(texts: &[String]) -> Result<(), Failed> {
    let missing: Vec<u32> = RULES
        .iter()
        .flat_map(|&(first, last)| first..=last)
        .filter(|rule| {
            !texts.iter().any(|text| text.lines().any(|line| line.starts_with(&format!("# rule {rule}: "))))
        })
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("rules that no case names: {missing:?}").into()) }
}
