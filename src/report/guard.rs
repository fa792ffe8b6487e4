//! What a report of the user's may do: read the database, and nothing else.

use super::file::{Origin, Report, setup_parts};
use super::place;
use crate::database::{quoted, sql_file};
use crate::failure::{Failure, Kind, Problem};
use duckdb::{Connection, ToSql};
use std::path::Path;

/// Shuts the engine: no other file, no network, no extension, no change of settings.
///
/// Only for the user's reports: their text is looked through as well, see [`problems`]. The program may write the
/// evidence of a run into one folder.
fn shut(connection: &Connection, evidence_folder: Option<&Path>) -> Result<(), Failure> {
    if let Some(folder) = evidence_folder {
        let folder = quoted(&format!("{}/", folder.display()));
        connection.execute_batch(&format!("set allowed_directories = [{folder}]"))?;
    }
    Ok(connection.execute_batch("set enable_external_access = false; set lock_configuration = true;")?)
}

/// Everything in a report of the user's that a report may not do, with file, line and column.
pub(super) fn problems(report: &Report, connection: &Connection) -> Result<Vec<Problem>, Failure> {
    let mut problems = Vec::new();
    if report.origin == Origin::BuiltIn {
        return Ok(problems);
    }
    let shown = report.shown_path();
    let mut add = |found: Vec<(usize, String)>, begin: usize| {
        problems.extend(found.into_iter().map(|(position, message)| Problem {
            message,
            hint: Some("a report reads the database: see sql/README.md, Add a report".to_owned()),
            at: Some(place::at(&shown, &report.text, begin + position)),
        }));
    };
    for statement in &report.setup_sql {
        if let Some((_, select)) = setup_parts(&statement.sql) {
            add(look_through(&statement.sql[select..], connection)?, statement.begin + select);
        } else {
            let message = "only `create [or replace] temp table NAME as SELECT` may be created";
            add(vec![(0, message.to_owned())], statement.begin);
        }
    }
    for statement in [&report.rows_sql].into_iter().chain(&report.notes_sql) {
        add(look_through(&statement.sql, connection)?, statement.begin);
    }
    for statement in (0..report.header.charts.len()).filter_map(|number| report.chart_sql(number)) {
        add(look_through(&statement.sql, connection)?, statement.begin);
    }
    for parameter in &report.header.parameters {
        let queries = [("choices_from", &parameter.choices_from), ("values_from", &parameter.values_from)];
        for (key, query) in queries.into_iter().filter_map(|(key, query)| Some((key, query.as_ref()?))) {
            let found = look_through(query, connection)?.into_iter().map(|(_, message)| (0, message));
            add(found.collect(), place::of_key(&report.text, &parameter.name, key));
        }
    }
    Ok(problems)
}

/// Refuses a report of the user's that may do more than read, and shuts the engine for one that may not.
pub(super) fn admit(
    report: &Report,
    connection: &Connection,
    evidence_folder: Option<&Path>,
) -> Result<(), Failure> {
    if report.origin == Origin::BuiltIn {
        return Ok(());
    }
    let problems = problems(report, connection)?;
    if problems.is_empty() {
        shut(connection, evidence_folder)
    } else {
        Err(Failure::of(Kind::Usage, problems))
    }
}

/// What one statement may not do, and at which of its bytes.
fn look_through(sql: &str, connection: &Connection) -> Result<Vec<(usize, String)>, Failure> {
    let guard = sql_file("check/report_guard.sql")?;
    let mut prepared = connection.prepare(guard.text)?;
    let found = prepared.query_map(&[("sql", &sql as &dyn ToSql)][..], |row| {
        let position: i64 = row.get(0)?;
        Ok((usize::try_from(position).unwrap_or(0), row.get(1)?))
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}
