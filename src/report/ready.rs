//! A report as it is run: parameters resolved, temporary tables made, notes read, rows streamed.

use super::file::{Origin, Report};
use super::header::Chart;
use super::parameter::{Given, Resolved, problems_without_database, resolve};
use super::value::{self, Days};
use super::{guard, place};
use crate::database::{self, Access, quoted, quoted_name, sql_file};
use crate::embedded_sql;
use crate::failure::{Failure, Kind};
use crate::interrupt;
use crate::sql_text::{self, Statement};
use arrow::record_batch::RecordBatch;
use duckdb::{Connection, ToSql};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use std::path::Path;

/// What every output states about itself.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Meta {
    /// Name of the report.
    pub(crate) report: String,
    pub(crate) title: String,
    /// One line: what a row is.
    #[serde(skip)]
    pub(crate) summary: String,
    /// What the output is and what it is not.
    pub(crate) statement: String,
    /// True for an answer to a query of the user's own: nothing is left out, and rows stand as they are.
    #[serde(skip)]
    pub(crate) is_query: bool,
    /// Columns to show first where a terminal is too narrow for all.
    #[serde(skip)]
    pub(crate) columns_first: Vec<String>,
    /// A column of amounts: a bar stands beside each where there is room for one.
    #[serde(skip)]
    pub(crate) bar: Option<String>,
    /// Pictures for the formats that have them.
    #[serde(skip)]
    pub(crate) charts: Vec<Chart>,
    /// Parameters as resolved: dates absolute, `null` where left out.
    pub(crate) parameters: Map<String, Json>,
    /// The harm index, where the report has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) index: Option<Index>,
    /// The day the data speak of.
    pub(crate) data_date: String,
    /// What was counted, what was left out and why.
    pub(crate) notes: Vec<Note>,
    /// Version of the program.
    pub(crate) harmrank: String,
    /// SHA-256 of the SQL in the database.
    pub(crate) sql_hash: String,
    /// SHA-256 of the report file.
    pub(crate) report_hash: String,
}

impl Meta {
    /// What the output of a report by this program states.
    pub(crate) fn of(
        report: &Report,
        parameters: Map<String, Json>,
        index: Option<Index>,
        data_date: String,
        notes: Vec<Note>,
    ) -> Self {
        Self {
            report: report.name.clone(),
            title: report.header.title.clone(),
            summary: report.header.summary.clone(),
            statement: report.header.statement.clone(),
            is_query: false,
            columns_first: report.header.columns_first.clone(),
            bar: report.header.bar.clone(),
            charts: report.header.charts.clone(),
            parameters,
            index,
            data_date,
            notes,
            harmrank: env!("CARGO_PKG_VERSION").to_owned(),
            sql_hash: embedded_sql::hash(),
            report_hash: embedded_sql::hash_of(&report.text),
        }
    }
}

/// A harm index as named under a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Index {
    pub(crate) index_id: String,
    pub(crate) title: String,
    /// Words to print with its values.
    pub(crate) attribution: String,
}

/// One thing a report says about itself.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Note {
    /// What it is about.
    pub(crate) topic: String,
    /// The count it states, where it states one.
    pub(crate) quantity: Option<i64>,
    pub(crate) note: String,
}

/// A kept list that a report read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ListRead {
    /// Id of its run.
    pub(crate) run: String,
    /// SHA-256 of its rows.
    pub(crate) sha256: String,
}

/// A report whose parameters are resolved and whose notes are known: its rows can be read.
pub(crate) struct Ready<'a> {
    report: &'a Report,
    parameters: Vec<Resolved>,
    /// What the output states about itself.
    pub(crate) meta: Meta,
    /// What its charts are drawn from, in their order, as far as they have a query of their own.
    pub(crate) chart_rows: Vec<Vec<RecordBatch>>,
    /// Kept lists that it read beside the database.
    pub(crate) lists: Vec<ListRead>,
}

/// The rows of a report, as the engine streams them.
pub(crate) struct Rows<'a> {
    /// Names and types of the columns.
    pub(crate) schema: arrow::datatypes::SchemaRef,
    pub(crate) batches: Box<dyn Iterator<Item = Result<arrow::record_batch::RecordBatch, Failure>> + 'a>,
}

impl<'a> Rows<'a> {
    /// The same rows; `count` is called with the number of rows of each batch as it passes.
    pub(crate) fn counted(self, count: impl Fn(usize) + 'a) -> Self {
        let batches = self.batches.inspect(move |batch| {
            if let Ok(batch) = batch {
                count(batch.num_rows());
            }
        });
        Rows { schema: self.schema, batches: Box::new(batches) }
    }
}

/// The day the data speak of.
pub(crate) fn data_date(connection: &Connection) -> Result<Date, Failure> {
    let text: Option<String> =
        connection.query_row("select data_date::varchar from data_date", [], |row| row.get(0))?;
    text.and_then(|text| text.parse().ok()).ok_or_else(|| {
        Failure::failed("nothing has been loaded yet")
            .hint("load an extract with `harmrank load FILE`, or try `harmrank demo`")
    })
}

/// Fills the input of a report, made empty on the connection it is given, and says what it read.
pub(crate) type Fill<'a> = &'a dyn Fn(&Given, &Connection) -> Result<Vec<ListRead>, Failure>;

/// In which way a report is run.
#[derive(Clone, Copy, Default)]
pub(crate) struct Manner<'a> {
    /// Where the evidence of the run may be written.
    pub(crate) evidence_folder: Option<&'a Path>,
    /// The load whose data are read, every later one taken back in what this run sees; the newest unless given.
    pub(crate) after_load: Option<i64>,
    /// True where the charts of the report are drawn: then their own queries are run.
    pub(crate) has_charts: bool,
    /// True where the rows alone are wanted: then no notes are read.
    pub(crate) is_without_notes: bool,
    /// What fills the input of a report that has any; it stays empty unless given.
    pub(crate) fill: Option<Fill<'a>>,
}

impl Manner<'_> {
    /// Readies a connection for a run: errors with their place, tables as they stood.
    fn apply(self, connection: &Connection) -> Result<(), Failure> {
        connection.execute_batch("set errors_as_json = true")?;
        let Some(load) = self.after_load else { return Ok(()) };
        connection.execute_batch(&format!("set variable after_load = {load}"))?;
        let name: String = connection.query_row("select current_database()", [], |row| row.get(0))?;
        let main = format!(" {}.main.", quoted_name(&name));
        let sql = sql_file("run/as_after_load.sql")?.text.replace(" main.", &main);
        Ok(connection.execute_batch(&sql)?)
    }
}

/// Resolves the parameters of a report, makes its temporary tables and reads its notes.
///
/// What does not wait for the temporary tables goes on beside them: the check that the SQL in the database
/// is this program's, and the notes that read the database alone.
pub(crate) fn prepare<'a>(
    report: &'a Report,
    given: &Given,
    today: Date,
    access: &Access,
    connection: &Connection,
    manner: Manner<'_>,
) -> Result<Ready<'a>, Failure> {
    let beside = connection.try_clone()?;
    for connection in [connection, &beside] {
        manner.apply(connection)?;
    }
    let lists = take_in(report, given, access, connection, manner)?;
    guard::admit(report, connection, manner.evidence_folder)?;
    let resolved = data_date(connection).and_then(|data_date| {
        let days = Days { today, data_date };
        Ok((days, resolve(report, given, days, connection)?))
    });
    // A database that is not ours explains every other failure.
    let (days, parameters) = resolved.or_else(|failure| access.verify(connection).and(Err(failure)))?;
    interrupt::watch(&beside);
    let asked = report.notes_sql.iter().filter(|_| !manner.is_without_notes);
    let (late, early): (Vec<_>, Vec<_>) = asked.partition(|statement| report.reads_setup(&statement.sql));
    let read = |statements: &[&Statement], connection: &Connection| {
        notes(report, statements, &parameters, connection)
    };
    let (mut notes, others) = std::thread::scope(|scope| {
        let side = scope.spawn(|| {
            let beside = beside;
            access.verify(&beside)?;
            read(&early, &beside)
        });
        let main = set_up(report, &parameters, connection).and_then(|()| read(&late, connection));
        let side = side.join().unwrap_or_else(|_| Err(Failure::failed("the notes of the report broke off")));
        side.and_then(|side| Ok((main?, side)))
    })?;
    notes.extend(others);
    let index = match parameters.iter().find(|parameter| parameter.name == "index") {
        Some(parameter) => Some(index_named(&parameter.shown, connection)?),
        None => None,
    };
    let shown = parameters
        .iter()
        .map(|parameter| (parameter.name.clone(), value::as_json(&parameter.value)))
        .collect();
    let meta = Meta::of(report, shown, index, days.data_date.to_string(), notes);
    let chart_rows =
        if manner.has_charts { chart_rows(report, &parameters, connection)? } else { Vec::new() };
    Ok(Ready { report, parameters, meta, chart_rows, lists })
}

/// Makes the input of a report and has it filled: before the engine is shut, for it is in files.
fn take_in(
    report: &Report,
    given: &Given,
    access: &Access,
    connection: &Connection,
    manner: Manner<'_>,
) -> Result<Vec<ListRead>, Failure> {
    let files = report.input_sql();
    if files.is_empty() {
        return Ok(Vec::new());
    }
    // It may take a while: what is wrong without it is told before.
    let problems = problems_without_database(report, given);
    if !problems.is_empty() {
        return Err(Failure { kind: Kind::Usage, problems });
    }
    access.verify(connection)?;
    files.iter().try_for_each(|file| database::run(connection, file))?;
    manner.fill.map_or_else(|| Ok(Vec::new()), |fill| fill(given, connection))
}

impl<'a> Ready<'a> {
    /// A report without parameters over an engine that holds what it reads, and no database.
    pub(crate) fn of_engine(
        report: &'a Report,
        mut meta: Meta,
        connection: &Connection,
    ) -> Result<Self, Failure> {
        set_up(report, &[], connection)?;
        meta.notes = notes(report, &report.notes_sql.iter().collect::<Vec<_>>(), &[], connection)?;
        let chart_rows = chart_rows(report, &[], connection)?;
        Ok(Self { report, parameters: Vec::new(), meta, chart_rows, lists: Vec::new() })
    }

    /// The report that is run.
    pub(crate) fn report(&self) -> &'a Report {
        self.report
    }

    /// Writes the evidence behind the rows as Parquet, where the report has any; false where it has none.
    pub(crate) fn write_evidence(&self, connection: &Connection, path: &Path) -> Result<bool, Failure> {
        let Some(sql) = self.report.evidence_sql() else { return Ok(false) };
        let copy = format!("copy (\n{sql}\n) to {} (format parquet)", quoted(&path.display().to_string()));
        let mut prepared = connection.prepare(&copy)?;
        prepared.execute(&bound(&copy, &self.parameters)[..])?;
        Ok(true)
    }

    /// The people of its rows that have a rank: reference, rank, harm days as the engine writes them.
    pub(crate) fn people(&self, connection: &Connection) -> Result<Vec<(String, i64, String)>, Failure> {
        let sql = format!(
            "select person_id::varchar, harm_rank::bigint, harm_days::varchar from (\n{}\n) where harm_rank is not null",
            self.report.rows_sql.sql
        );
        let mut prepared = connection.prepare(&sql)?;
        let people = prepared.query_map(&bound(&sql, &self.parameters)[..], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
        Ok(people.collect::<Result<_, _>>()?)
    }

    /// What runs, as a script for a stock client.
    pub(crate) fn script(&self) -> String {
        super::script::with_variables(self.report, &self.parameters)
    }

    /// Runs the report and hands its rows to `receive`.
    pub(crate) fn rows(
        &self,
        connection: &Connection,
        receive: impl FnOnce(Rows<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        stream(self.report, &self.report.rows_sql, &self.parameters, connection, receive)
    }
}

/// Runs a statement of a report and hands its rows to `receive`.
fn stream(
    report: &Report,
    statement: &Statement,
    parameters: &[Resolved],
    connection: &Connection,
    receive: impl FnOnce(Rows<'_>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let at = |error| at_statement(error, report, statement);
    let mut prepared = connection.prepare(&statement.sql).map_err(at)?;
    let bound = bound(&statement.sql, parameters);
    let stream = prepared.stream_arrow(&bound[..]).map_err(at)?;
    let schema = stream.get_schema();
    receive(Rows { schema, batches: Box::new(stream.map(|batch| batch.map_err(Failure::from))) })
}

/// What the charts are drawn from; nothing for a chart that is drawn from the rows. Read before the rows are: a
/// connection streams one result at a time.
fn chart_rows(
    report: &Report,
    parameters: &[Resolved],
    connection: &Connection,
) -> Result<Vec<Vec<RecordBatch>>, Failure> {
    let read = |number| {
        let mut batches = Vec::new();
        if let Some(statement) = report.chart_sql(number) {
            stream(report, &statement, parameters, connection, |rows| {
                batches = rows.batches.collect::<Result<_, _>>()?;
                Ok(())
            })?;
        }
        Ok(batches)
    };
    (0..report.header.charts.len()).map(read).collect()
}

fn set_up(report: &Report, parameters: &[Resolved], connection: &Connection) -> Result<(), Failure> {
    for statement in &report.setup_sql {
        connection
            .prepare(&statement.sql)
            .and_then(|mut prepared| prepared.execute(&bound(&statement.sql, parameters)[..]))
            .map_err(|error| at_statement(error, report, statement))?;
    }
    Ok(())
}

fn notes(
    report: &Report,
    statements: &[&Statement],
    parameters: &[Resolved],
    connection: &Connection,
) -> Result<Vec<Note>, Failure> {
    let mut notes = Vec::new();
    for statement in statements {
        let found = notes_of(&statement.sql, parameters, connection);
        notes.extend(found.map_err(|error| at_statement(error, report, statement))?);
    }
    Ok(notes)
}

fn notes_of(sql: &str, parameters: &[Resolved], connection: &Connection) -> duckdb::Result<Vec<Note>> {
    let mut prepared = connection.prepare(sql)?;
    let found = prepared.query_map(&bound(sql, parameters)[..], |row| {
        Ok(Note { topic: row.get("topic")?, quantity: row.get("quantity")?, note: row.get("note")? })
    })?;
    found.collect()
}

pub(super) fn bound<'a>(sql: &str, parameters: &'a [Resolved]) -> Vec<(&'a str, &'a dyn ToSql)> {
    let used = sql_text::placeholders(sql);
    parameters
        .iter()
        .filter(|parameter| used.contains(&parameter.name))
        .map(|parameter| (parameter.name.as_str(), &parameter.value as &dyn ToSql))
        .collect()
}

fn index_named(index_id: &str, connection: &Connection) -> Result<Index, Failure> {
    let sql = "select title, attribution from harm_index where index_id = ?";
    Ok(connection.query_row(sql, [index_id], |row| {
        Ok(Index { index_id: index_id.to_owned(), title: row.get(0)?, attribution: row.get(1)? })
    })?)
}

/// An error of the engine in a statement of a report, at its line and column in the file.
pub(super) fn at_statement(error: duckdb::Error, report: &Report, statement: &Statement) -> Failure {
    let failure = place::of_engine_error(error, &report.shown_path(), &report.text, statement.begin, 0);
    let is_of_the_user = matches!(report.origin, Origin::File(_)) && failure.kind == Kind::Failed;
    if is_of_the_user && !failure.is_of_the_file() {
        // A report that the user wrote is configuration.
        return Failure { kind: Kind::Usage, ..failure };
    }
    failure
}
