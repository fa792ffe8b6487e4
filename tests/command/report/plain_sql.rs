//! Report files are plain SQL: the same rows without the program.

use super::held;
use crate::support::{Desk, rows};
use harmrank::report::{ParameterKind, Report, built_in};
use serde_json::Value as Json;
use std::fmt::Write as _;

/// One report's parameters as `set variable`, then its statements one by one in a plain connection.
fn run_plain(desk: &Desk, report: &Report, parameters: &Json) -> (Vec<String>, Vec<String>) {
    let connection = desk.connection();
    let mut script = String::new();
    for parameter in &report.header.parameters {
        let value = match (&parameters[&parameter.name], parameter.kind) {
            (Json::Null, ParameterKind::Date) => "null::date".to_owned(),
            (Json::Null, ParameterKind::Integer) => "null::integer".to_owned(),
            (Json::Null, _) => "null::varchar".to_owned(),
            (Json::String(day), ParameterKind::Date) => format!("date '{day}'"),
            (Json::String(word), _) => format!("'{word}'"),
            (number, _) => format!("{number}::integer"),
        };
        writeln!(script, "set variable \"{}\" = {value};", parameter.name).expect("written");
    }
    connection.execute_batch(&script).unwrap_or_else(|error| panic!("{script}: {error}"));
    for file in report.input_sql() {
        connection.execute_batch(file.text).unwrap_or_else(|error| panic!("{file:?}: {error}"));
    }
    for statement in report.setup.iter().map(|setup| &setup.statement) {
        connection.execute_batch(&statement.sql).unwrap_or_else(|error| panic!("{statement:?}: {error}"));
    }
    // Kept in a table first: a prepared statement, as the crate makes of every query, does not read variables.
    let kept = |sql: &str, columns: &str| {
        connection
            .execute_batch(&format!("create or replace temp table kept as {sql}"))
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
        rows(&connection, &format!("select {columns} from kept"))
    };
    let notes = report.notes_sql.iter().flat_map(|statement| kept(&statement.sql, "topic, quantity, note"));
    (notes.collect(), kept(&report.rows_sql.sql, "*"))
}

/// A value as the engine writes it: decimals with all their places.
fn plain(value: &Json) -> String {
    match value {
        Json::Null => "-".to_owned(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Idle zeros behind a decimal point taken away.
fn trimmed(row: &str) -> String {
    let cell = |cell: &str| match cell.split_once('.') {
        Some((whole, part))
            if whole.parse::<i128>().is_ok() && part.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            cell.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        _ => cell.to_owned(),
    };
    row.split('|').map(cell).collect::<Vec<_>>().join("|")
}

#[test]
fn the_sql_of_every_report_runs_unchanged_in_a_plain_connection_with_the_same_rows() {
    let (sound, divided) = (held(), held());
    divided
        .writer()
        .execute_batch(
            "update person set birth_year = 1950 where person_id = 'N101';
             update person set birth_year = 1960, root_key = (from person select person_key where person_id = 'N101')
             where person_id = 'N102'",
        )
        .expect("a merge of two who cannot be one");
    for report in built_in().expect("reports") {
        let desk = if report.name == "conflicts" { &divided } else { &sound };
        let flags: &[&[&str]] = match report.name.as_str() {
            "explain" => &[&["--person", "N102"], &["--crime", "C06"]],
            "v100" => &[
                &[],
                &["--limit", "4", "--suspect-sex", "M", "--borough", "Bow", "--known-on", "2026-06-30"],
            ],
            "retention" => &[&["--as-of", "2040-01-01"]],
            _ => &[&[]],
        };
        for flags in flags {
            let ours = desk.report(&[&[report.name.as_str()], *flags].concat());
            let (notes, rows) = run_plain(desk, &report, &ours["meta"]["parameters"]);
            let expected: Vec<_> = ours["rows"]
                .as_array()
                .expect("rows")
                .iter()
                .map(|row| row.as_object().expect("object").values().map(plain).collect::<Vec<_>>().join("|"))
                .collect();
            // Nothing is kept here, and a plain client would not see it: tests/command/outcomes.rs is about its rows.
            assert_eq!(expected.is_empty(), report.name == "outcomes", "{} {flags:?}", report.name);
            assert_eq!(
                rows.iter().map(|row| trimmed(row)).collect::<Vec<_>>(),
                expected,
                "{} {flags:?}",
                report.name
            );
            let expected: Vec<_> = ours["meta"]["notes"]
                .as_array()
                .expect("notes")
                .iter()
                .map(|note| [&note["topic"], &note["quantity"], &note["note"]].map(plain).join("|"))
                .collect();
            assert_eq!(notes, expected, "{} {flags:?}", report.name);
        }
    }
}
