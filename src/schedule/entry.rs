//! One schedule, and what it means for one period.

use super::period::{Cadence, Period};
use super::span::Span;
use crate::dates;
use crate::render::Format;
use crate::report::{self, ParameterKind, Report};
use std::path::PathBuf;

/// A list that is made for every period.
#[derive(Clone, Debug)]
pub(crate) struct Schedule {
    /// Its name, and that of the folder of its lists.
    pub(crate) name: String,
    /// File, line and column.
    pub(crate) place: String,
    pub(crate) report: String,
    /// Where the report is named.
    pub(crate) report_place: String,
    /// What is given for its parameters.
    pub(crate) params: Vec<Given>,
    /// Periods, and when their lists are due.
    pub(crate) cadence: Cadence,
    /// The formats, the first of them the one that is verified.
    pub(crate) formats: Vec<Format>,
    /// The folder that the schedule's own stands in.
    pub(crate) folder: PathBuf,
    /// A parameter of which each value has an output of its own.
    pub(crate) for_each: Option<ForEach>,
    /// Who is given the lists.
    pub(crate) recipients: Vec<String>,
    /// Why, for the ledger.
    pub(crate) reason: Option<String>,
    /// How long after the end of its period a list is kept; for ever unless stated.
    pub(crate) keep: Option<Span>,
    /// How far the data date may lie before the end of the period; any distance unless stated.
    pub(crate) fresh: Option<Span>,
    /// How many periods back a missed list is made.
    pub(crate) catch_up: usize,
    /// What is run when a list has been made: program and arguments.
    pub(crate) on_success: Vec<String>,
    /// What is run when a list could not be made: program and arguments.
    pub(crate) on_failure: Vec<String>,
}

/// What is given for a parameter.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    /// Name of the parameter.
    pub(crate) name: String,
    /// Its values, as on the command line; days may be relative to the period.
    pub(crate) texts: Vec<String>,
    /// Where the value stands.
    pub(crate) place: String,
    /// Where the name stands.
    pub(crate) key_place: String,
}

/// A parameter of which each value has an output of its own.
#[derive(Clone, Debug)]
pub(crate) struct ForEach {
    /// Name of the parameter.
    pub(crate) parameter: String,
    /// The values; none: all its choices.
    pub(crate) values: Option<Vec<String>>,
    /// Where the values stand.
    pub(crate) place: String,
    /// Where the name stands.
    pub(crate) key_place: String,
}

impl Schedule {
    /// The folder of its lists.
    pub(crate) fn shelf(&self) -> PathBuf {
        self.folder.join(&self.name)
    }

    /// What a report is called with for a period, and for one value where there is one of each.
    ///
    /// Days count from the period: `period-start` and `period-end` are its first and last day, `today`,
    /// `month-start`, `year-start` and `-7d` count from the last. `data-date` stays the day the data speak of.
    pub(crate) fn given(&self, report: &Report, period: &Period, value: Option<&str>) -> report::Given {
        let mut given = report::Given::default();
        for one in &self.params {
            let is_day =
                report.parameter(&one.name).is_some_and(|parameter| parameter.kind == ParameterKind::Date);
            let texts =
                one.texts.iter().map(|text| if is_day { absolute(text, period) } else { text.clone() });
            given.values.insert(one.name.clone(), texts.collect());
        }
        if let (Some(for_each), Some(value)) = (&self.for_each, value) {
            given.values.insert(for_each.parameter.clone(), vec![value.to_owned()]);
        }
        given
    }
}

fn absolute(text: &str, period: &Period) -> String {
    match text {
        "period-start" => period.from.to_string(),
        "period-end" => period.to.to_string(),
        "data-date" => text.to_owned(),
        // What is no day is told by who checks the parameters.
        other => {
            dates::read(other, period.to, period.to).map_or_else(|| other.to_owned(), |day| day.to_string())
        }
    }
}

/// Bytes of the longest name of a folder made of a value: file systems take 255, and a number may follow.
const LONGEST_FOLDER_NAME: usize = 200;

/// The name of the folder of a value: letters, digits, dots and hyphens; of a long value the beginning.
pub(crate) fn folder_name(value: &str) -> String {
    let letters = value
        .chars()
        .map(|letter| if letter.is_alphanumeric() || "-_.".contains(letter) { letter } else { '-' });
    let mut name = String::new();
    for letter in letters {
        if name.len() + letter.len_utf8() > LONGEST_FOLDER_NAME {
            break;
        }
        name.push(letter);
    }
    if name.starts_with('.') || name.is_empty() { format!("-{name}") } else { name }
}
