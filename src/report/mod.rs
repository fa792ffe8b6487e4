//! Reports: one SQL file each, with typed parameters, run on a read-only database.

mod header;
mod parameter;
pub(crate) mod statement;

pub use header::{Chart, ChartKind, Header, Parameter, ParameterKind, Report};
pub use parameter::{Days, Resolved, choices, nearest, resolve};

use crate::catalog;
use crate::database::Access;
use crate::failure::Failure;
use crate::interrupt;
use duckdb::{Connection, ToSql};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// The reports the program comes with, by name.
///
/// # Errors
/// When the header of one does not parse.
pub fn built_in() -> Result<Vec<Report>, Failure> {
    let mut reports: Vec<Report> = Vec::new();
    let mut waiting = catalog::folder("report");
    // A report that takes another's parameters comes after it.
    while !waiting.is_empty() {
        let (ready, later): (Vec<_>, Vec<_>) = waiting.iter().copied().partition(|file| {
            parent_name(file.text).is_none_or(|parent| reports.iter().any(|report| report.name == parent))
        });
        if ready.is_empty() {
            return Err(Failure::failed("parameters_of names no report").at(format!("sql/{}", later[0].path)));
        }
        for file in ready {
            let parent = parent_name(file.text);
            let parent = parent.and_then(|name| reports.iter().find(|report| report.name == name));
            reports.push(Report::parse(file.name(), file.text, parent)?);
        }
        waiting = later;
    }
    reports.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(reports)
}

fn parent_name(text: &str) -> Option<&str> {
    let mut head = text.lines().take_while(|line| !line.contains("*/"));
    head.find(|line| line.starts_with("parameters_of"))?.split('"').nth(1)
}

/// What every output states about itself.
#[derive(Clone, Debug, Serialize)]
pub struct Meta {
    /// Name of the report.
    pub report: String,
    /// Its title.
    pub title: String,
    /// One line: what a row is.
    #[serde(skip)]
    pub summary: String,
    /// What the output is and what it is not.
    pub statement: String,
    /// Columns to show first where a terminal is too narrow for all.
    #[serde(skip)]
    pub columns_first: Vec<String>,
    /// A column of amounts: a bar stands beside each where there is room for one.
    #[serde(skip)]
    pub bar: Option<String>,
    /// Pictures for the formats that have them.
    #[serde(skip)]
    pub charts: Vec<Chart>,
    /// Parameters as resolved: dates absolute, `null` where left out.
    pub parameters: Map<String, Json>,
    /// The harm index, where the report has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<Index>,
    /// The day the data speak of.
    pub data_date: String,
    /// What was counted, what was left out and why.
    pub notes: Vec<Note>,
    /// Version of the program.
    pub harmrank: String,
    /// SHA-256 of the SQL in the database.
    pub sql_hash: String,
    /// SHA-256 of the report file.
    pub report_hash: String,
}

/// A harm index as named under a list.
#[derive(Clone, Debug, Serialize)]
pub struct Index {
    /// Short name.
    pub index_id: String,
    /// Full name.
    pub title: String,
    /// Words to print with its values.
    pub attribution: String,
}

/// One thing a report says about itself.
#[derive(Clone, Debug, Serialize)]
pub struct Note {
    /// What it is about.
    pub topic: String,
    /// The count it states, where it states one.
    pub quantity: Option<i64>,
    /// The words.
    pub note: String,
}

/// A report whose parameters are resolved and whose notes are known: its rows can be read.
pub struct Ready<'a> {
    report: &'a Report,
    parameters: Vec<Resolved>,
    /// What the output states about itself.
    pub meta: Meta,
}

/// The rows of a report, as the engine streams them.
pub struct Rows<'a> {
    /// Names and types of the columns.
    pub schema: arrow::datatypes::SchemaRef,
    /// The batches.
    pub batches: Box<dyn Iterator<Item = duckdb::Result<arrow::record_batch::RecordBatch>> + 'a>,
}

/// The day the data speak of.
///
/// # Errors
/// When nothing has been loaded.
pub fn data_date(connection: &Connection) -> Result<Date, Failure> {
    let text: Option<String> =
        connection.query_row("select data_date::varchar from data_date", [], |row| row.get(0))?;
    text.and_then(|text| text.parse().ok()).ok_or_else(|| {
        Failure::failed("nothing has been loaded yet")
            .hint("load an extract with `harmrank load FILE`, or try `harmrank demo`")
    })
}

/// Resolves the parameters of a report, makes its temporary tables and reads its notes.
///
/// What does not wait for the temporary tables goes on beside them: the check that the SQL in the database
/// is this program's, and the notes that read the database alone.
///
/// # Errors
/// When parameters are wrong, nothing has been loaded, the SQL fails, or the database fails its check.
pub fn prepare<'a>(
    report: &'a Report,
    given: &BTreeMap<String, String>,
    today: Date,
    access: &Access,
    connection: &Connection,
) -> Result<Ready<'a>, Failure> {
    let resolved = data_date(connection).and_then(|data_date| {
        let days = Days { today, data_date };
        Ok((days, resolve(report, given, days, connection)?))
    });
    // A database that is not ours explains every other failure.
    let (days, parameters) = resolved.or_else(|failure| access.verify(connection).and(Err(failure)))?;
    let beside = connection.try_clone()?;
    interrupt::watch(&beside);
    let (late, early): (Vec<_>, Vec<_>) = report.notes_sql.iter().partition(|sql| report.reads_setup(sql));
    let read = |sqls: &[&String], connection: &Connection| {
        notes(sqls, &parameters, connection).map_err(|error| at_report(error, report))
    };
    let (mut notes, others) = std::thread::scope(|scope| {
        let side = scope.spawn(|| {
            let beside = beside;
            access.verify(&beside)?;
            read(&early, &beside)
        });
        let main = set_up(report, &parameters, connection)
            .map_err(|error| at_report(error, report))
            .and_then(|()| read(&late, connection));
        let side = side.join().unwrap_or_else(|_| Err(Failure::failed("the notes of the report broke off")));
        side.and_then(|side| Ok((main?, side)))
    })?;
    notes.extend(others);
    let index = match parameters.iter().find(|parameter| parameter.name == "index") {
        Some(parameter) => Some(index_named(&parameter.shown, connection)?),
        None => None,
    };
    let meta = Meta {
        report: report.name.clone(),
        title: report.header.title.clone(),
        summary: report.header.summary.clone(),
        statement: report.header.statement.clone(),
        columns_first: report.header.columns_first.clone(),
        bar: report.header.bar.clone(),
        charts: report.header.charts.clone(),
        parameters: parameters.iter().map(|parameter| (parameter.name.clone(), as_json(parameter))).collect(),
        index,
        data_date: days.data_date.to_string(),
        notes,
        harmrank: env!("CARGO_PKG_VERSION").to_owned(),
        sql_hash: catalog::hash(),
        report_hash: catalog::hash_of(&report.text),
    };
    Ok(Ready { report, parameters, meta })
}

impl Ready<'_> {
    /// Runs the report and hands its rows to `receive`.
    ///
    /// # Errors
    /// When the SQL fails, or the receiver does.
    pub fn rows(
        &self,
        connection: &Connection,
        receive: impl FnOnce(Rows<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.stream(&self.report.rows_sql, connection, receive)
    }

    /// Runs a SELECT over the report's parameters and temporary tables and hands its rows to `receive`.
    ///
    /// # Errors
    /// When the SQL fails, or the receiver does.
    pub fn stream(
        &self,
        sql: &str,
        connection: &Connection,
        receive: impl FnOnce(Rows<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut statement = connection.prepare(sql).map_err(|error| at_report(error, self.report))?;
        let bound = bound(sql, &self.parameters);
        let stream = statement.stream_arrow(&bound[..]).map_err(|error| at_report(error, self.report))?;
        receive(Rows { schema: stream.get_schema(), batches: Box::new(stream) })
    }
}

fn set_up(report: &Report, parameters: &[Resolved], connection: &Connection) -> duckdb::Result<()> {
    for sql in &report.setup_sql {
        connection.prepare(sql)?.execute(&bound(sql, parameters)[..])?;
    }
    Ok(())
}

fn notes(sqls: &[&String], parameters: &[Resolved], connection: &Connection) -> duckdb::Result<Vec<Note>> {
    let mut notes = Vec::new();
    for sql in sqls {
        let mut statement = connection.prepare(sql)?;
        let found = statement.query_map(&bound(sql, parameters)[..], |row| {
            Ok(Note { topic: row.get("topic")?, quantity: row.get("quantity")?, note: row.get("note")? })
        })?;
        for note in found {
            notes.push(note?);
        }
    }
    Ok(notes)
}

fn bound<'a>(sql: &str, parameters: &'a [Resolved]) -> Vec<(&'a str, &'a dyn ToSql)> {
    let used = statement::placeholders(sql);
    parameters
        .iter()
        .filter(|parameter| used.contains(&parameter.name))
        .map(|parameter| (parameter.name.as_str(), &parameter.value as &dyn ToSql))
        .collect()
}

fn as_json(parameter: &Resolved) -> Json {
    match &parameter.value {
        duckdb::types::Value::Null => Json::Null,
        duckdb::types::Value::Int(number) => Json::from(*number),
        _ => Json::from(parameter.shown.clone()),
    }
}

fn index_named(index_id: &str, connection: &Connection) -> Result<Index, Failure> {
    let sql = "select title, attribution from harm_index where index_id = ?";
    Ok(connection.query_row(sql, [index_id], |row| {
        Ok(Index { index_id: index_id.to_owned(), title: row.get(0)?, attribution: row.get(1)? })
    })?)
}

fn at_report(error: duckdb::Error, report: &Report) -> Failure {
    let failure = Failure::from(error);
    if failure.is_of_the_file() { failure } else { failure.at(format!("sql/report/{}.sql", report.name)) }
}
