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
use harmrank::catalog::{self, SqlFile};
use harmrank::database::{self, Access};
use libtest_mimic::{Arguments, Failed, Trial};
use sqllogictest::{ColumnType, DB, DBOutput, Runner, strict_column_validator};
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
    let mut engine = Some(engine);
    let mut runner = Runner::new(move || {
        let engine = engine.take().expect("one connection per case file");
        async move { Ok(engine) }
    });
    runner.with_column_validator(strict_column_validator);
    runner.run_file(path).map_err(|error| Failed::from(error.display(false).to_string()))
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

fn staging_macros() -> impl Iterator<Item = SqlFile> {
    catalog::layer("load/stage").into_iter().filter(|file| file.text.contains("\ncreate macro "))
}

impl DB for Engine {
    type Error = duckdb::Error;
    type ColumnType = Kind;

    fn run(&mut self, sql: &str) -> Result<DBOutput<Kind>, duckdb::Error> {
        let mut statement = self.connection.prepare(sql)?;
        let batches: Vec<_> = statement.query_arrow([])?.collect();
        let mut types = Vec::new();
        let mut rows = Vec::new();
        for batch in &batches {
            types = batch.columns().iter().map(|column| Kind::of(column.data_type())).collect();
            for row in 0..batch.num_rows() {
                rows.push(batch.columns().iter().map(|column| cell(column, row)).collect());
            }
        }
        if types.is_empty() {
            types = statement.schema().fields().iter().map(|field| Kind::of(field.data_type())).collect();
        }
        Ok(DBOutput::Rows { types, rows })
    }

    fn engine_name(&self) -> &'static str {
        "duckdb"
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Integer,
    Decimal,
    Floating,
    Boolean,
    Text,
}

impl Kind {
    fn of(data_type: &DataType) -> Self {
        match data_type {
            DataType::Decimal128(_, 0) => Self::Integer,
            DataType::Decimal128(..) => Self::Decimal,
            DataType::Float16 | DataType::Float32 | DataType::Float64 => Self::Floating,
            DataType::Boolean => Self::Boolean,
            integer if integer.is_integer() => Self::Integer,
            _ => Self::Text,
        }
    }
}

impl ColumnType for Kind {
    fn from_char(letter: char) -> Option<Self> {
        match letter {
            'I' => Some(Self::Integer),
            'D' => Some(Self::Decimal),
            'R' => Some(Self::Floating),
            'B' => Some(Self::Boolean),
            'T' => Some(Self::Text),
            _ => None,
        }
    }

    fn to_char(&self) -> char {
        match self {
            Self::Integer => 'I',
            Self::Decimal => 'D',
            Self::Floating => 'R',
            Self::Boolean => 'B',
            Self::Text => 'T',
        }
    }
}

fn every_object_has_its_cases(cases: &BTreeSet<String>) -> Result<(), Failed> {
    let objects: BTreeSet<String> = MIRRORED
        .iter()
        .flat_map(|layer| catalog::folder(layer))
        .chain(staging_macros())
        .filter_map(|file| file.path.strip_suffix(".sql").map(ToOwned::to_owned))
        .collect();
    let without_cases: Vec<_> = objects.difference(cases).collect();
    let without_object: Vec<_> =
        cases.iter().filter(|case| catalog::file(&format!("{case}.sql")).is_none()).collect();
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
