//! From flags to values: every parameter checked before any SQL runs, every problem reported at once.

use super::file::Report;
use super::header::{Parameter, ParameterKind};
use super::value::{self, Days, Wrong};
use crate::database::sql_file;
use crate::failure::{Failure, Kind, Problem};
use crate::sql_text::placeholders;
use duckdb::types::Value;
use duckdb::{Connection, ToSql};
use jiff::civil::date;
use std::collections::BTreeMap;

/// A parameter with its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Resolved {
    /// Name in the SQL, without the dollar.
    pub(crate) name: String,
    /// The value as printed: absolute, `null` where left out.
    pub(crate) shown: String,
    /// The value as bound.
    pub(crate) value: Value,
}

/// What was given on the command line for the parameters of a report.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    /// Values by name of the parameter, in the order given.
    pub(crate) values: BTreeMap<String, Vec<String>>,
    /// What was given and is no parameter, or has no value.
    pub(crate) problems: Vec<Problem>,
}

impl Given {
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.first().map(String::as_str)
    }
}

/// The parameters that a statement names, as the engine binds them.
pub(super) fn bound<'a>(sql: &str, parameters: &'a [Resolved]) -> Vec<(&'a str, &'a dyn ToSql)> {
    let used = placeholders(sql);
    parameters
        .iter()
        .filter(|parameter| used.contains(&parameter.name))
        .map(|parameter| (parameter.name.as_str(), &parameter.value as &dyn ToSql))
        .collect()
}

/// Checks what was given against a report's header and the database.
pub(crate) fn resolve(
    report: &Report,
    given: &Given,
    days: Days,
    connection: &Connection,
) -> Result<Vec<Resolved>, Failure> {
    let (resolved, problems) = read_all(report, given, days, Some(connection))?;
    if problems.is_empty() { Ok(resolved) } else { Err(Failure::of(Kind::Usage, problems)) }
}

/// The problems that show without a database.
pub(crate) fn problems_without_database(report: &Report, given: &Given) -> Vec<Problem> {
    let someday = Days { today: date(2026, 1, 1), data_date: date(2026, 1, 1) };
    // A relative day may be anywhere: its range is for the database to settle.
    let mut lenient = report.clone();
    for parameter in &mut lenient.header.parameters {
        if parameter.kind == ParameterKind::Date {
            parameter.range = None;
        }
    }
    read_all(&lenient, given, someday, None).map_or_else(|failure| failure.problems, |(_, problems)| problems)
}

fn read_all(
    report: &Report,
    given: &Given,
    days: Days,
    connection: Option<&Connection>,
) -> Result<(Vec<Resolved>, Vec<Problem>), Failure> {
    let mut resolved = Vec::new();
    let mut problems = given.problems.clone();
    for parameter in &report.header.parameters {
        let texts = given.values.get(&parameter.name).cloned().or_else(|| parameter.default_texts());
        let reading = match texts {
            Some(texts) => read(parameter, &texts, days, connection)?,
            None if parameter.optional => Ok(Value::Null),
            // Told already: its flag stands there without a value.
            None if problems.iter().any(|problem| problem.at.as_deref() == Some(&flag_of(parameter))) => {
                continue;
            }
            None => Err(vec![Wrong::new("is missing".to_owned(), None)]),
        };
        match reading {
            Ok(value) => {
                resolved.push(Resolved { name: parameter.name.clone(), shown: value::shown(&value), value });
            }
            Err(wrongs) => problems.extend(wrongs.into_iter().map(|wrong| Problem {
                message: wrong.message,
                hint: Some(wrong.hint.unwrap_or_else(|| what_is_right(parameter))),
                at: Some(flag_of(parameter)),
            })),
        }
    }
    // A flag that stands there without a value has been told.
    let is_told = |group: &&Vec<String>| {
        let names = group.iter().filter_map(|name| report.parameter(name)).map(flag_of);
        names.into_iter().any(|flag| given.problems.iter().any(|problem| problem.at.as_ref() == Some(&flag)))
    };
    let groups = report.header.one_of.iter().filter(|group| !is_told(group));
    problems.extend(groups.filter_map(|group| not_exactly_one(group, given, report)));
    Ok((resolved, problems))
}

fn flag_of(parameter: &Parameter) -> String {
    format!("--{}", parameter.flag())
}

/// The help of a parameter and the values it takes.
pub(crate) fn what_is_right(parameter: &Parameter) -> String {
    let limits = parameter.limits().map(|limits| format!(" [{limits}]")).unwrap_or_default();
    format!("{}: {}{limits}", parameter.kind.word(), parameter.help)
}

fn not_exactly_one(group: &[String], given: &Given, report: &Report) -> Option<Problem> {
    if group.iter().filter(|name| given.values.contains_key(*name)).count() == 1 {
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

/// The words a choice or a list takes, from the header or the database.
pub(crate) fn choices(parameter: &Parameter, connection: &Connection) -> Result<Vec<String>, Failure> {
    let Some(query) = &parameter.choices_from else {
        return Ok(parameter.choices.clone());
    };
    let listed =
        connection.prepare(&values_sql(query))?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>();
    Ok(listed?)
}

/// The values of a parameter that stand in the data, in the order of the query that lists them: its choices where it has
/// any.
pub(crate) fn values_held(
    report: &Report,
    parameter: &Parameter,
    given: &Given,
    days: Days,
    connection: &Connection,
) -> Result<Vec<String>, Failure> {
    let Some(query) = &parameter.values_from else { return choices(parameter, connection) };
    // The parameter itself is not given: what its query does not name need not be there.
    let used = placeholders(query);
    let mut others = report.clone();
    others.header.parameters.retain(|other| used.contains(&other.name));
    others.header.one_of.clear();
    let mut given = given.clone();
    given.values.retain(|name, _| used.contains(name));
    let resolved = resolve(&others, &given, days, connection)?;
    let sql = values_sql(query);
    let mut prepared = connection.prepare(&sql)?;
    let listed = prepared.query_map(&bound(&sql, &resolved)[..], |row| row.get(0))?.collect::<Result<_, _>>();
    Ok(listed?)
}

/// The query of the values of a parameter, each as text.
pub(super) fn values_sql(query: &str) -> String {
    let query = query.trim_end_matches([';', ' ', '\n']);
    format!("select column_0::varchar from (\n{query}\n) as listed(column_0)")
}

type Reading = Result<Value, Vec<Wrong>>;

fn read(
    parameter: &Parameter,
    texts: &[String],
    days: Days,
    connection: Option<&Connection>,
) -> Result<Reading, Failure> {
    let reading = value::read(parameter, texts, days);
    let (Ok(value), Some(connection)) = (&reading, connection) else { return Ok(reading) };
    let wrongs = match (parameter.kind, value) {
        (ParameterKind::Person, Value::Text(text)) => unheld("person", text, connection)?,
        (ParameterKind::Crime, Value::Text(text)) => unheld("crime", text, connection)?,
        (ParameterKind::Choice | ParameterKind::List, value) if parameter.choices_from.is_some() => {
            return Ok(listed(value, &choices(parameter, connection)?));
        }
        (ParameterKind::Text, value) if parameter.known_from.is_some() => {
            return Ok(listed(value, &known_values(parameter, connection)?));
        }
        _ => Vec::new(),
    };
    Ok(if wrongs.is_empty() { reading } else { Err(wrongs) })
}

/// A value, or each value of a list, as a query lists it, in whatever case it was given; else those that it does not list.
fn listed(value: &Value, choices: &[String]) -> Reading {
    if choices.is_empty() {
        return Err(vec![Wrong::new(
            "has no choices: the query that lists them finds none".to_owned(),
            None,
        )]);
    }
    let read = |value: &Value| value::read_choice(&value::shown(value), choices);
    match value {
        Value::List(values) => {
            let (read, wrongs): (Vec<_>, Vec<_>) = values.iter().map(read).partition(Result::is_ok);
            let wrongs: Vec<_> = wrongs.into_iter().filter_map(Result::err).collect();
            if wrongs.is_empty() {
                Ok(Value::List(read.into_iter().flatten().collect()))
            } else {
                Err(wrongs)
            }
        }
        one => read(one).map_err(|wrong| vec![wrong]),
    }
}

/// The values of a text that there are in the data at all.
pub(super) fn known_values(parameter: &Parameter, connection: &Connection) -> Result<Vec<String>, Failure> {
    let Some(query) = &parameter.known_from else { return Ok(Vec::new()) };
    let values =
        connection.prepare(&values_sql(query))?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>();
    Ok(values?)
}

/// What to say of a reference that the database does not hold.
fn unheld(what: &str, text: &str, connection: &Connection) -> Result<Vec<Wrong>, Failure> {
    let file = sql_file(&format!("check/near_{what}.sql"))?;
    let near: Vec<String> = connection
        .prepare(file.text)?
        .query_map(&[("reference", &text as &dyn ToSql)][..], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(match near.first() {
        Some(first) if first == text => Vec::new(),
        Some(_) => {
            vec![Wrong::new(
                format!("no {what} {text:?} in the database"),
                format!("nearest: {}", near.join(", ")),
            )]
        }
        None => {
            vec![Wrong::new(
                format!("no {what} {text:?} in the database: it has none"),
                "load an extract first".to_owned(),
            )]
        }
    })
}
