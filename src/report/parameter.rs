//! From flags to values: every parameter checked before any SQL runs, every problem reported at once.

use super::header::{Parameter, ParameterKind, Report};
use crate::database::sql_file;
use crate::dates;
use crate::failure::{Failure, Kind, Problem};
use duckdb::types::Value;
use duckdb::{Connection, ToSql};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A parameter with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// Name in the SQL, without the dollar.
    pub name: String,
    /// The value as printed: absolute, `null` where left out.
    pub shown: String,
    /// The value as bound.
    pub value: Value,
}

/// Days that relative dates count from.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    /// Today in Europe/London.
    pub today: Date,
    /// The day the data speak of.
    pub data_date: Date,
}

/// A value as bound and as printed, or what is wrong with it and what would be right.
type Reading = Result<(Value, String), (String, Option<String>)>;

/// Checks what was given against a report's header.
///
/// # Errors
/// One usage failure with a problem per parameter that is missing, mistyped or out of range.
pub fn resolve(
    report: &Report,
    given: &BTreeMap<String, String>,
    days: Days,
    connection: &Connection,
) -> Result<Vec<Resolved>, Failure> {
    let mut resolved = Vec::new();
    let mut problems = Vec::new();
    for parameter in &report.header.parameters {
        let text = given.get(&parameter.name).cloned().or_else(|| parameter.default_text());
        let reading = match text {
            Some(text) => read(parameter, &text, days, connection)?,
            None if parameter.optional => Ok((Value::Null, "null".to_owned())),
            None => Err(("is missing".to_owned(), None)),
        };
        match reading {
            Ok((value, shown)) => resolved.push(Resolved { name: parameter.name.clone(), shown, value }),
            Err((message, hint)) => problems.push(Problem {
                message,
                hint: hint.or_else(|| Some(parameter.help.clone())),
                at: Some(format!("--{}", parameter.flag())),
            }),
        }
    }
    problems.extend(report.header.one_of.iter().filter_map(|group| not_exactly_one(group, given, report)));
    if problems.is_empty() { Ok(resolved) } else { Err(Failure { kind: Kind::Usage, problems }) }
}

fn not_exactly_one(group: &[String], given: &BTreeMap<String, String>, report: &Report) -> Option<Problem> {
    if group.iter().filter(|name| given.contains_key(*name)).count() == 1 {
        return None;
    }
    let flags: Vec<_> = group.iter().map(|name| format!("--{}", name.replace('_', "-"))).collect();
    let example = report.header.example.as_ref();
    Some(Problem {
        message: format!("give exactly one of {}", flags.join(", ")),
        hint: example.map(|flags| format!("for instance: harmrank report {} {flags}", report.name)),
        at: None,
    })
}

/// The words a choice takes, from the header or the database.
///
/// # Errors
/// When the query that lists them fails.
pub fn choices(parameter: &Parameter, connection: &Connection) -> Result<Vec<String>, Failure> {
    let Some(query) = &parameter.choices_from else {
        return Ok(parameter.choices.clone());
    };
    Ok(connection.prepare(query)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn read(parameter: &Parameter, text: &str, days: Days, connection: &Connection) -> Result<Reading, Failure> {
    Ok(match parameter.kind {
        ParameterKind::Date => read_date(text, days),
        ParameterKind::Integer => read_integer(parameter, text),
        ParameterKind::Text => Ok((Value::Text(text.to_owned()), text.to_owned())),
        ParameterKind::Choice => read_choice(text, &choices(parameter, connection)?),
        ParameterKind::Person => read_reference("person", text, connection)?,
        ParameterKind::Crime => read_reference("crime", text, connection)?,
    })
}

fn read_date(text: &str, days: Days) -> Reading {
    match dates::read(text, days.today, days.data_date) {
        Some(day) => Ok((Value::Date32(dates::to_epoch_days(day)), day.to_string())),
        None => Err((format!("{text:?} is not a day"), Some(format!("write {}", dates::FORMS)))),
    }
}

fn read_integer(parameter: &Parameter, text: &str) -> Reading {
    let Ok(number) = text.parse::<i32>() else {
        return Err((format!("{text:?} is not a whole number"), None));
    };
    match parameter.range {
        Some([least, most]) if !(least..=most).contains(&i64::from(number)) => {
            Err((format!("{number} is not between {least} and {most}"), None))
        }
        _ => Ok((Value::Int(number), number.to_string())),
    }
}

fn read_choice(text: &str, choices: &[String]) -> Reading {
    if choices.iter().any(|choice| choice == text) {
        return Ok((Value::Text(text.to_owned()), text.to_owned()));
    }
    let guess = nearest(text, choices).map(|word| format!("did you mean {word}? ")).unwrap_or_default();
    Err((
        format!("{text:?} is not one of its choices"),
        Some(format!("{guess}choices: {}", choices.join(", "))),
    ))
}

fn read_reference(what: &str, text: &str, connection: &Connection) -> Result<Reading, Failure> {
    let file = sql_file(&format!("check/near_{what}.sql"))?;
    let near: Vec<String> = connection
        .prepare(file.text)?
        .query_map(&[("reference", &text as &dyn ToSql)][..], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(match near.first() {
        Some(first) if first == text => Ok((Value::Text(text.to_owned()), text.to_owned())),
        Some(_) => {
            Err((format!("no {what} {text:?} is held"), Some(format!("nearest: {}", near.join(", ")))))
        }
        None => {
            Err((format!("no {what} {text:?} is held: none is"), Some("load an extract first".to_owned())))
        }
    })
}

/// The word most like another, where one is much like it.
#[must_use]
pub fn nearest<'a>(text: &str, words: &'a [String]) -> Option<&'a str> {
    words
        .iter()
        .map(|word| (strsim::jaro_winkler(text, word), word.as_str()))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, word)| word)
}
