//! Reports held against an empty database: names, types and columns, without data.

use super::file::{Report, Setup};
use super::guard;
use super::header::{Parameter, ParameterKind};
use super::parameter::{Resolved, values_sql};
use super::ready::positioned;
use super::value::{self, Days};
use crate::database::{Access, run};
use crate::embedded_sql;
use crate::failure::{Failure, Problem};
use crate::source_position;
use crate::sql_guard::RestrictedViews;
use crate::sql_text::Statement;
use duckdb::types::Value;
use duckdb::{AccessMode, Connection};
use jiff::civil::date;
use serde::Serialize;

/// A column of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// Its type, in the words of the engine.
    #[serde(rename = "type")]
    pub(crate) kind: String,
}

/// An engine of its own with the tables, views and macros of a database and no row in them.
pub(crate) fn empty_schema(access: &Access) -> Result<Connection, Failure> {
    let config = access.config(&AccessMode::Automatic)?.threads(1)?;
    let connection = Connection::open_in_memory_with_flags(config)?;
    for file in ["schema", "model", "ranking"].into_iter().flat_map(embedded_sql::layer) {
        run(&connection, &file)?;
    }
    connection.execute_batch("set errors_as_json = true")?;
    Ok(connection)
}

/// Milliseconds that a query of a header may take without a row to read: one that takes longer counts to no end.
const LONGEST_QUERY: u32 = 5000;

/// The columns of a report, or everything that is wrong with its SQL.
pub(crate) fn columns(
    report: &Report,
    empty: &Connection,
) -> Result<Result<Vec<Column>, Vec<Problem>>, Failure> {
    let mut problems = guard::problems(report, empty, &RestrictedViews::default())?;
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    // Temporary tables of one report are not there for the next.
    let connection = empty.try_clone()?;
    connection
        .execute_batch(&format!("set errors_as_json = true; set max_execution_time = {LONGEST_QUERY}"))?;
    report.input_sql().iter().try_for_each(|file| run(&connection, file))?;
    let parameters = samples(report);
    for setup in &report.setup {
        if let Err(failure) = without_data(report, setup, &parameters, &connection) {
            problems.extend(failure.problems);
            break;
        }
    }
    // What reads a table that could not be made is not told of as well.
    let is_set_up = problems.is_empty();
    let can_be_read = |statement: &&Statement| is_set_up || !report.reads_setup(&statement.sql);
    let mut columns = Vec::new();
    if can_be_read(&&report.rows_sql) {
        match described(report, &report.rows_sql, &parameters, &connection) {
            Ok(found) => columns = found,
            Err(failure) => problems.extend(failure.problems),
        }
    }
    for statement in report.notes_sql.iter().filter(can_be_read) {
        match described(report, statement, &parameters, &connection) {
            Ok(found) => problems.extend(lacking(report, statement, &found)),
            Err(failure) => problems.extend(failure.problems),
        }
    }
    problems.extend(choices_problems(report, &connection));
    problems.extend(values_problems(report, &parameters, &connection));
    problems.extend(chart_problems(report, &columns, &parameters, &connection));
    problems.extend(example_problems(report));
    if problems.is_empty() {
        problems.extend(doubled_column(report, &columns));
        problems.extend(unknown_first_columns(report, &columns));
        problems.extend(unknown_bar(report, &columns));
        problems.extend(incomparable(report, &columns));
    }
    Ok(if problems.is_empty() { Ok(columns) } else { Err(problems) })
}

/// A value of its type for each parameter: what is bound decides what the SQL may do with it.
fn samples(report: &Report) -> Vec<Resolved> {
    let days = Days { today: date(2026, 7, 1), data_date: date(2026, 6, 30) };
    let parameters = report.header.parameters.iter();
    let sample = |parameter: &Parameter| {
        let unranged = Parameter { range: None, ..parameter.clone() };
        let texts = parameter.default_texts().or_else(|| Some(vec![parameter.range_texts()?[0].clone()]));
        let texts = texts.or_else(|| Some(vec![parameter.choices.first()?.clone()]));
        let word = match parameter.kind {
            ParameterKind::Date => "2026-06-30",
            ParameterKind::Boolean => "true",
            _ => "1",
        };
        let texts = texts.unwrap_or_else(|| vec![word.to_owned()]);
        value::read(&unranged, &texts, days).unwrap_or(Value::Null)
    };
    parameters
        .map(|parameter| {
            let value = sample(parameter);
            Resolved { name: parameter.name.clone(), shown: value::shown(&value), value }
        })
        .collect()
}

/// Makes a temporary table without filling it.
fn without_data(
    report: &Report,
    setup: &Setup,
    parameters: &[Resolved],
    connection: &Connection,
) -> Result<(), Failure> {
    let (create, select) = setup.statement.sql.split_at(setup.table.select_begin);
    // Outside the select, on a line of its own: a comment may end the statement.
    let sql = format!("{create}(\n{select}\n) with no data");
    connection
        .prepare(&sql)
        .and_then(|mut prepared| prepared.execute(&super::parameter::bound(&sql, parameters)[..]))
        .map(|_| ())
        .map_err(|error| positioned(error, report, &setup.statement, "(\n".len()))
}

/// The columns a statement yields.
fn described(
    report: &Report,
    statement: &Statement,
    parameters: &[Resolved],
    connection: &Connection,
) -> Result<Vec<Column>, Failure> {
    const BEFORE: &str = "describe\n";
    let sql = format!("{BEFORE}{}", statement.sql);
    let describe = || {
        let mut prepared = connection.prepare(&sql)?;
        let bound = super::parameter::bound(&sql, parameters);
        let columns = prepared.query_map(&bound[..], |row| {
            Ok(Column { name: row.get("column_name")?, kind: row.get("column_type")? })
        })?;
        columns.collect::<duckdb::Result<Vec<_>>>()
    };
    describe().map_err(|error| positioned(error, report, statement, BEFORE.len()))
}

/// File, line and column of a byte of a report.
fn at(report: &Report, byte: usize) -> String {
    source_position::at(&report.shown_path(), &report.text, byte)
}

fn lacking(report: &Report, statement: &Statement, columns: &[Column]) -> Option<Problem> {
    let lacking: Vec<_> = ["topic", "quantity", "note"]
        .into_iter()
        .filter(|name| columns.iter().all(|column| column.name != *name))
        .collect();
    (!lacking.is_empty()).then(|| Problem {
        message: format!("a statement after the rows yields notes, but lacks {}", lacking.join(", ")),
        hint: Some("name its columns topic, quantity and note".to_owned()),
        at: Some(at(report, statement.begin)),
    })
}

fn choices_problems(report: &Report, connection: &Connection) -> Vec<Problem> {
    let mut problems = Vec::new();
    for parameter in &report.header.parameters {
        let lists = [
            ("choices_from", super::choices(parameter, connection)),
            ("known_from", super::parameter::known_values(parameter, connection)),
        ];
        for (key, failure) in lists.into_iter().filter_map(|(key, list)| Some((key, list.err()?))) {
            let at = at(report, report.positions.key(&["param", &parameter.name, key]));
            problems.extend(
                failure.problems.into_iter().map(|problem| Problem { at: Some(at.clone()), ..problem }),
            );
        }
    }
    problems
}

/// Queries of values that fail.
fn values_problems(report: &Report, parameters: &[Resolved], connection: &Connection) -> Vec<Problem> {
    let mut problems = Vec::new();
    for parameter in &report.header.parameters {
        let Some(query) = &parameter.values_from else { continue };
        let statement = Statement { sql: values_sql(query), begin: 0 };
        if let Err(failure) = described(report, &statement, parameters, connection) {
            let byte = report.positions.key(&["param", &parameter.name, "values_from"]);
            let at = at(report, byte);
            let told = failure.problems.into_iter();
            problems.extend(told.map(|problem| Problem { at: Some(at.clone()), ..problem }));
        }
    }
    problems
}

/// Charts whose query fails, or that name what is no column of it or of the rows.
fn chart_problems(
    report: &Report,
    rows: &[Column],
    parameters: &[Resolved],
    connection: &Connection,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (number, chart) in report.header.charts.iter().enumerate() {
        let own = report.chart_sql(number);
        // Of rows that cannot be read has been told.
        let columns = match own.map(|sql| described(report, &sql, parameters, connection)) {
            None if rows.is_empty() => continue,
            None => rows.to_vec(),
            Some(Ok(columns)) => columns,
            Some(Err(failure)) => {
                problems.extend(failure.problems);
                continue;
            }
        };
        let named =
            [("value", Some(&chart.value)), ("label", chart.label.as_ref()), ("count", chart.count.as_ref())];
        for (key, name) in named.into_iter().filter_map(|(key, name)| Some((key, name?))) {
            let byte = report.positions.key(&["chart", &number.to_string(), key]);
            problems.extend(no_column(
                report,
                &format!("{key} of the chart {:?}", chart.title),
                name,
                &columns,
                byte,
            ));
        }
    }
    problems
}

fn no_column(report: &Report, what: &str, name: &str, columns: &[Column], byte: usize) -> Option<Problem> {
    let names: Vec<_> = columns.iter().map(|column| column.name.as_str()).collect();
    (!names.contains(&name)).then(|| Problem {
        message: format!("{what} names {name:?}, which is no column"),
        hint: Some(format!("columns: {}", names.join(", "))),
        at: Some(at(report, byte)),
    })
}

fn unknown_bar(report: &Report, columns: &[Column]) -> Option<Problem> {
    let byte = report.positions.key(&["bar"]);
    no_column(report, "bar", report.header.bar.as_ref()?, columns, byte)
}

/// Flags of the example that the report does not take.
fn example_problems(report: &Report) -> Vec<Problem> {
    let flags = report.header.example.iter().flat_map(|example| example.split_whitespace());
    let flags =
        flags.filter_map(|word| word.strip_prefix("--")).map(|word| word.split('=').next().unwrap_or(word));
    let byte = report.positions.key(&["example"]);
    let at = at(report, byte);
    flags
        .filter(|flag| report.parameter(&flag.replace('-', "_")).is_none())
        .map(|flag| Problem {
            message: format!("the example has --{flag}, which is no parameter"),
            hint: None,
            at: Some(at.clone()),
        })
        .collect()
}

fn doubled_column(report: &Report, columns: &[Column]) -> Option<Problem> {
    let is_before = |(place, column): &(usize, &Column)| {
        columns[..*place].iter().any(|before| before.name.eq_ignore_ascii_case(&column.name))
    };
    let (_, column) = columns.iter().enumerate().find(is_before)?;
    Some(Problem {
        message: format!("two columns are called {:?}", column.name),
        hint: Some("tell them apart with `as`".to_owned()),
        at: Some(at(report, report.rows_sql.begin)),
    })
}

/// What names its evidence can be compared person by person: its rows must have what is compared.
fn incomparable(report: &Report, columns: &[Column]) -> Option<Problem> {
    let evidence = report.header.evidence.as_ref()?;
    let lacking: Vec<_> = ["person_id", "harm_rank", "harm_days"]
        .into_iter()
        .filter(|name| columns.iter().all(|column| column.name != *name))
        .collect();
    (!lacking.is_empty()).then(|| Problem {
        message: format!(
            "evidence {evidence:?} goes with rows of people, but these lack {}",
            lacking.join(", ")
        ),
        hint: None,
        at: Some(at(report, report.positions.key(&["evidence"]))),
    })
}

fn unknown_first_columns(report: &Report, columns: &[Column]) -> Option<Problem> {
    let byte = report.positions.key(&["columns_first"]);
    let mut names = report.header.columns_first.iter();
    names.find_map(|name| no_column(report, "columns_first", name, columns, byte))
}
