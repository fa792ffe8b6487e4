//! The reports there are, as data: what a form or another program needs to call them.

use super::file::{Origin, Report};
use super::header::Parameter;
use super::library::Library;
use super::validate::{Column, columns, empty_schema};
use crate::database::Access;
use crate::failure::{Failure, Problem};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub(crate) struct Catalogue {
    /// The reports, by name.
    pub(crate) reports: Vec<Entry>,
    /// Files of the user's that are no reports, with everything that is wrong.
    pub(crate) broken: Vec<BrokenEntry>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Entry {
    name: String,
    title: String,
    summary: String,
    statement: String,
    is_built_in: bool,
    file: String,
    parameters: Vec<ParameterEntry>,
    /// Groups of parameters of which exactly one must be given.
    one_of: Vec<Vec<String>>,
    columns: Vec<Column>,
}

#[derive(Debug, Serialize)]
struct ParameterEntry {
    name: String,
    flag: String,
    #[serde(rename = "type")]
    kind: &'static str,
    default: Option<String>,
    is_required: bool,
    is_repeated: bool,
    range: Option<[String; 2]>,
    choices: Option<Vec<String>>,
    choices_from: Option<String>,
    values_from: Option<String>,
    known_from: Option<String>,
    help: String,
}

/// A file that is no report.
#[derive(Debug, Serialize)]
pub(crate) struct BrokenEntry {
    name: String,
    problems: Vec<Problem>,
}

/// Describes all reports; columns are those on an empty database.
pub(crate) fn listing(library: &Library, access: &Access) -> Result<Catalogue, Failure> {
    let empty = empty_schema(access)?;
    let mut catalogue = Catalogue { reports: Vec::new(), broken: Vec::new() };
    for broken in &library.broken {
        let problems = broken.failure.problems.clone();
        catalogue.broken.push(BrokenEntry { name: broken.name.clone(), problems });
    }
    for report in &library.reports {
        match columns(report, &empty)? {
            Ok(columns) => catalogue.reports.push(entry(report, columns)),
            Err(problems) => catalogue.broken.push(BrokenEntry { name: report.name.clone(), problems }),
        }
    }
    Ok(catalogue)
}

fn entry(report: &Report, columns: Vec<Column>) -> Entry {
    let header = &report.header;
    let is_alternative =
        |parameter: &Parameter| header.one_of.iter().flatten().any(|name| *name == parameter.name);
    Entry {
        name: report.name.clone(),
        title: header.title.clone(),
        summary: header.summary.clone(),
        statement: header.statement.clone(),
        is_built_in: report.origin == Origin::BuiltIn,
        file: report.shown_path(),
        parameters: header
            .parameters
            .iter()
            .map(|parameter| ParameterEntry {
                name: parameter.name.clone(),
                flag: format!("--{}", parameter.flag()),
                kind: parameter.kind.word(),
                default: parameter.default_text(),
                is_required: parameter.is_required() && !is_alternative(parameter),
                is_repeated: parameter.kind == super::ParameterKind::List,
                range: parameter.range_texts(),
                choices: (!parameter.choices.is_empty()).then(|| parameter.choices.clone()),
                choices_from: parameter.choices_from.clone(),
                values_from: parameter.values_from.clone(),
                known_from: parameter.known_from.clone(),
                help: parameter.help.clone(),
            })
            .collect(),
        one_of: header.one_of.clone(),
        columns,
    }
}
