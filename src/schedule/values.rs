//! The values of a parameter of which each has an output.

use super::entry::{Schedule, folder_name};
use super::period::Period;
use crate::database::data_date;
use crate::failure::Failure;
use crate::report::{self, Days, Report};
use duckdb::Connection;
use std::collections::BTreeSet;

/// A value, and the name of its folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Output {
    /// The value; none where there is one output.
    pub(crate) value: Option<String>,
    /// The folder; empty where there is one output.
    pub(crate) folder: String,
}

/// The outputs of a period: one, or one for each value that is named, or that stands in the data.
pub(crate) fn outputs(
    schedule: &Schedule,
    report: &Report,
    period: &Period,
    connection: &Connection,
) -> Result<Vec<Output>, Failure> {
    let Some(for_each) = &schedule.for_each else {
        return Ok(vec![Output { value: None, folder: String::new() }]);
    };
    let values = match (&for_each.values, report.parameter(&for_each.parameter)) {
        (Some(values), _) => values.clone(),
        (None, Some(parameter)) => {
            let days = Days { today: period.to, data_date: data_date(connection)? };
            let given = schedule.given(report, period, None);
            report::values_held(report, parameter, &given, days, connection)?
        }
        (None, None) => Vec::new(),
    };
    if values.is_empty() {
        let message = format!("no {} stands in the data: there is no output to make", for_each.parameter);
        return Err(Failure::failed(message).at(for_each.place.clone()));
    }
    Ok(named(values))
}

/// Each value with a folder of its own, also where two would have the same name.
fn named(values: Vec<String>) -> Vec<Output> {
    let mut taken = BTreeSet::new();
    let mut outputs = Vec::new();
    for value in values {
        let name = folder_name(&value);
        let others = (2..).map(|number: usize| format!("{name}-{number}"));
        let folder = std::iter::once(name.clone()).chain(others).find(|name| taken.insert(name.clone()));
        outputs.push(Output { value: Some(value), folder: folder.unwrap_or(name) });
    }
    outputs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_values_of_one_name_have_two_folders() {
        let values = ["Brent / Harrow", "Brent - Harrow", "Camden"].map(ToOwned::to_owned).to_vec();
        let folders: Vec<_> = named(values).into_iter().map(|output| output.folder).collect();
        assert_eq!(folders, ["Brent---Harrow", "Brent---Harrow-2", "Camden"]);
        // One of three hundred letters must not stop the others.
        let folders: Vec<_> =
            named(vec!["é".repeat(300), "é".repeat(301)]).into_iter().map(|output| output.folder).collect();
        assert!(folders[0] != folders[1] && folders.iter().all(|name| name.len() < 255), "{folders:?}");
    }
}
