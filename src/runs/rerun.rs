//! What running a run again needs, and what is not as it was with the data, the SQL and the program since.

use super::fingerprint::{self, Facts};
use super::manifest::Manifest;
use super::named::Named;
use crate::context::Context;
use crate::database::Access;
use crate::embedded_sql::{self, hash_of};
use crate::failure::Failure;
use crate::report::{Given, Library, Report};
use duckdb::Connection;
use serde::Serialize;
use serde_json::Value as Json;

/// What running a run again needs.
pub(crate) struct RerunContext<'a> {
    /// The reports there are.
    pub(crate) library: &'a Library,
    pub(crate) access: &'a Access,
    /// What enters from outside.
    pub(crate) context: &'a Context,
    /// Finds the kept lists, for a report that reads them.
    pub(crate) lists: Box<dyn Fn() -> Result<Vec<Named>, Failure> + 'a>,
}

/// One thing that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    /// Data, SQL, index, program, parameters, lists or file.
    pub(crate) what: &'static str,
    pub(crate) how: String,
}

pub(super) fn change(what: &'static str, how: impl Into<String>) -> Change {
    Change { what, how: how.into() }
}

/// Notes loads that are not those of the run; true where more has been loaded since.
pub(super) fn load_changes(
    manifest: &Manifest,
    connection: &Connection,
    changes: &mut Vec<Change>,
) -> Result<bool, Failure> {
    let loads = fingerprint::loads(connection)?;
    let last = manifest.data.last_load;
    let (known, later): (Vec<_>, Vec<_>) = loads.into_iter().partition(|load| load.number <= last);
    let forgotten: i64 = connection.query_row(
        "select count(*) from suppression where forgotten_on >= ?::date",
        [manifest.at.get(..10).unwrap_or_default()],
        |row| row.get(0),
    )?;
    if forgotten > 0 {
        changes.push(change("data", "somebody was forgotten on that day or since"));
    }
    if known.last().is_none_or(|load| load.number != last || load.chain != manifest.data.chain) {
        changes.push(change("data", format!("the loads up to number {last} are not those of the run")));
    }
    Ok(!later.is_empty())
}

/// Notes what is not as it was with SQL, index and program.
pub(super) fn code_changes(
    manifest: &Manifest,
    report: &Report,
    connection: &Connection,
    changes: &mut Vec<Change>,
) -> Result<(), Failure> {
    if manifest.stated("sql_hash") != embedded_sql::hash() {
        changes.push(change("SQL", "the tables, macros and views are not those of the run"));
    }
    if manifest.stated("report_hash") != hash_of(&report.text) {
        changes.push(change("SQL", format!("{} is not as it was", report.shown_path())));
    }
    let index = manifest.meta["index"]["index_id"].as_str();
    let facts = Facts::of(connection, index, false)?;
    if facts.index_hash != manifest.index_hash {
        changes.push(change(
            "index",
            format!("the values of {} are not those of the run", index.unwrap_or_default()),
        ));
    }
    let version = env!("CARGO_PKG_VERSION");
    if manifest.stated("harmrank") != version {
        changes
            .push(change("program", format!("harmrank {} then, {version} now", manifest.stated("harmrank"))));
    }
    if manifest.engine != facts.engine {
        changes.push(change("program", format!("engine {} then, {} now", manifest.engine, facts.engine)));
    }
    Ok(())
}

/// The parameters of the run as they would be given, and what the report makes of them now.
pub(super) fn arguments_of_run(manifest: &Manifest, report: &Report, changes: &mut Vec<Change>) -> Given {
    let mut given = Given::default();
    for (name, value) in manifest.parameters() {
        if report.parameter(name).is_none() {
            changes.push(change("parameters", format!("{name} is no longer one")));
            continue;
        }
        let texts: Vec<_> = match value {
            Json::Null => continue,
            Json::Array(items) => items.iter().map(text).collect(),
            value => vec![text(value)],
        };
        given.values.insert(name.clone(), texts);
    }
    for parameter in &report.header.parameters {
        if manifest.parameters().all(|(name, _)| *name != parameter.name) {
            changes
                .push(change("parameters", format!("{} is new, and taken at its default", parameter.name)));
        }
    }
    given
}

fn text(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}
