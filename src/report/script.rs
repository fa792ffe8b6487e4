//! A report as a script for a stock client.

use super::file::Report;
use super::header::Parameter;
use super::parameter::Resolved;
use super::value::{self, Days};
use crate::sql_text::{placeholders, without_leading_comments};
use duckdb::types::Value;
use std::fmt::Write as _;

/// What would run with the values bound: `set variable`, then the statements. For a 2.0 client.
pub(crate) fn with_variables(report: &Report, parameters: &[Resolved]) -> String {
    let mut script = format!(
        "-- {}, as harmrank {} runs it: for a DuckDB 2.0 client, the database opened with -readonly.\n",
        report.name,
        env!("CARGO_PKG_VERSION")
    );
    for resolved in parameters {
        if let Some(parameter) = report.parameter(&resolved.name) {
            let literal = value::literal(parameter, &resolved.value);
            let _ = writeln!(script, "set variable \"{}\" = {literal};", resolved.name);
        }
    }
    push_input(&mut script, report);
    for statement in report.statements() {
        let _ = write!(script, "\n{};\n", statement.sql);
    }
    script
}

/// What the program fills before it runs the report: empty, for it holds people.
fn push_input(script: &mut String, report: &Report) {
    let files = report.input_sql();
    if !files.is_empty() {
        script.push_str(
            "\n-- The program fills these tables from the files of kept lists; here they are empty.\n",
        );
    }
    for file in files {
        script.push_str(file.text);
    }
}

/// PREPARE and EXECUTE, for clients that do not read variables as parameters (1.4, 1.5). They prepare no CREATE,
/// so temporary tables stand before each statement that reads them as common table expressions.
pub(crate) fn prepared(report: &Report, days: Days) -> String {
    let mut script = format!(
        "-- {}, for DuckDB 1.4 and 1.5 clients, the database opened with -readonly. The values are the defaults:\n\
         -- change them in EXECUTE. Defaults that count from the date of the data are written as {}.\n",
        report.name, days.data_date
    );
    push_input(&mut script, report);
    let name = report.name.replace('-', "_");
    for (number, statement) in [&report.rows_sql].into_iter().chain(&report.notes_sql).enumerate() {
        let sql = with_setup(report, &statement.sql);
        let used = placeholders(&sql);
        let values: Vec<_> = report
            .header
            .parameters
            .iter()
            .filter(|parameter| used.contains(&parameter.name))
            .map(|parameter| format!("\"{}\" := {}", parameter.name, default_literal(parameter, days)))
            .collect();
        let call = if number == 0 { format!("{name}_rows") } else { format!("{name}_notes_{number}") };
        let _ = write!(script, "\nprepare {call} as\n{sql};\n");
        let values =
            if values.is_empty() { String::new() } else { format!("(\n    {}\n)", values.join(",\n    ")) };
        let _ = writeln!(script, "execute {call}{values};");
    }
    script
}

fn default_literal(parameter: &Parameter, days: Days) -> String {
    let texts = parameter.default_texts();
    let value = texts.and_then(|texts| value::read(parameter, &texts, days).ok());
    value::literal(parameter, &value.unwrap_or(Value::Null))
}

/// A statement with the temporary tables of the report as common table expressions before it.
fn with_setup(report: &Report, sql: &str) -> String {
    if report.setup.is_empty() {
        return sql.to_owned();
    }
    let made: Vec<_> = report
        .setup
        .iter()
        .map(|setup| format!("{} as materialized (\n{}\n)", setup.table.name, setup.select().sql))
        .collect();
    let made = made.join(",\n\n");
    let code = without_leading_comments(sql);
    let mut words = code.splitn(2, char::is_whitespace);
    match (words.next(), words.next()) {
        (Some(word), Some(rest)) if word.eq_ignore_ascii_case("with") => {
            let rest = rest.trim_start();
            let after = rest.get(..10).filter(|word| word.eq_ignore_ascii_case("recursive "));
            let (recursive, rest) = after.map_or(("", rest), |_| ("recursive ", &rest[10..]));
            format!("with {recursive}{made},\n\n{rest}")
        }
        _ => format!("with {made}\n\n{code}"),
    }
}
