//! A report as it is run: parameters resolved, temporary tables made, notes read, rows streamed.

use super::file::{Origin, Report};
use super::guard;
use super::meta::{Index, ListRead, Meta, Note};
use super::parameter::{Given, Resolved, bound, problems_without_database, resolve};
use super::value::{self, Days};
use crate::database::{self, Access, data_date, list_kinds, quoted, quoted_name, repeated, sql_file};
use crate::failure::{Failure, Kind, Problem, engine_error};
use crate::interrupt;
use crate::source_position;
use crate::sql_guard;
use crate::sql_text::Statement;
use arrow::record_batch::RecordBatch;
use duckdb::Connection;
use jiff::civil::Date;
use std::path::Path;

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
        let views = repeated(sql_file("run/as_after_load.sql")?.text, &list_kinds(connection)?);
        Ok(connection.execute_batch(&views.join(";\n").replace(" main.", &main))?)
    }
}

/// Resolves the parameters of a report, makes its temporary tables and reads its notes.
///
/// The check that the SQL in the database is this program's goes on beside it.
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
    let withheld = guard::admit(report, connection, manner.evidence_folder, access.memory.as_deref())?;
    let resolved = data_date(connection).and_then(|data_date| {
        let days = Days { today, data_date };
        Ok((days, resolve(report, given, days, connection)?))
    });
    // A database that is not ours explains every other failure.
    let (days, parameters) = resolved.or_else(|failure| access.verify(connection).and(Err(failure)))?;
    interrupt::watch(&beside);
    let notes = std::thread::scope(|scope| {
        let verified = scope.spawn(|| {
            let beside = beside;
            access.verify(&beside)
        });
        let notes = set_up(report, &parameters, connection).and_then(|()| {
            if manner.is_without_notes { Ok(Vec::new()) } else { notes(report, &parameters, connection) }
        });
        let verified =
            verified.join().unwrap_or_else(|_| Err(Failure::failed("the check of the database broke off")));
        verified.and(notes)
    })?;
    let of_withheld = sql_guard::withheld(withheld).map(|words| Note::warning(withheld, words));
    let notes = of_withheld.into_iter().chain(notes).collect();
    let index = match parameters.iter().find(|parameter| parameter.name == "index") {
        Some(parameter) => Some(Index::named(&parameter.shown, connection)?),
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
        return Err(Failure::of(Kind::Usage, problems));
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
        meta.notes = notes(report, &[], connection)?;
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
    for statement in report.setup.iter().map(|setup| &setup.statement) {
        connection
            .prepare(&statement.sql)
            .and_then(|mut prepared| prepared.execute(&bound(&statement.sql, parameters)[..]))
            .map_err(|error| at_statement(error, report, statement))?;
    }
    Ok(())
}

fn notes(report: &Report, parameters: &[Resolved], connection: &Connection) -> Result<Vec<Note>, Failure> {
    let mut notes = Vec::new();
    for statement in &report.notes_sql {
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

/// An error of the engine in a statement of a report, at its line and column in the file.
fn at_statement(error: duckdb::Error, report: &Report, statement: &Statement) -> Failure {
    let failure = positioned(error, report, statement, 0);
    let is_of_the_user = matches!(report.origin, Origin::File(_)) && failure.kind == Kind::Failed;
    if is_of_the_user && !failure.is_of_the_file() {
        // A report that the user wrote is configuration.
        return Failure { kind: Kind::Usage, ..failure };
    }
    failure
}

/// An error of the engine in a statement of a report, at its line and column in the file; at the statement where the
/// engine gives no position. The engine had the statement with so many bytes put before it.
pub(super) fn positioned(
    error: duckdb::Error,
    report: &Report,
    statement: &Statement,
    bytes_before: usize,
) -> Failure {
    let position = engine_error(&error.to_string()).and_then(|found| found.position).unwrap_or(0);
    let mut failure = Failure::from(error);
    if failure.is_of_the_file() {
        return failure;
    }
    let byte = statement.begin + position.saturating_sub(bytes_before);
    for problem in &mut failure.problems {
        let (message, advice) = problem.message.split_once('\n').unwrap_or((&problem.message, ""));
        let hint = (!advice.trim().is_empty()).then(|| advice.trim().to_owned());
        *problem = Problem {
            message: message.to_owned(),
            hint: hint.or_else(|| problem.hint.take()),
            at: Some(source_position::at(&report.shown_path(), &report.text, byte)),
        };
    }
    failure
}
