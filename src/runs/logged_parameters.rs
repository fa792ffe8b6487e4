//! Parameters of a report as they may be logged: days, numbers and words of a choice as they are, all else hashed.

use crate::ledger::Ledger;
use crate::report::{Given, Parameter, ParameterKind, Report, problems_without_database};
use serde_json::{Map, Value as Json};

/// Parameters as given, before the database has been asked, and the references among them. A value that has not been
/// checked may be anything, a reference put to the wrong flag too: then it is hashed.
pub(crate) fn given(report: &Report, given: &Given, ledger: &Ledger) -> (Map<String, Json>, Vec<String>) {
    let is_sound = problems_without_database(report, given).is_empty();
    let (mut parameters, mut asked_about) = (Map::new(), Vec::new());
    for (name, values) in &given.values {
        let is_plain = report
            .parameter(name)
            .is_some_and(|parameter| is_sound && is_plain(parameter) && parameter.choices_from.is_none());
        let written = |value: &String| if is_plain { value.clone() } else { ledger.hashed(value) };
        let mut values: Vec<Json> = values.iter().map(|value| Json::from(written(value))).collect();
        if !is_plain {
            asked_about.extend(given.values[name].iter().cloned());
        }
        let value = if values.len() == 1 { values.remove(0) } else { Json::from(values) };
        parameters.insert(name.clone(), value);
    }
    (parameters, asked_about)
}

/// Parameters as resolved and checked; those left out are left out. Of a report that is no more all are hashed.
pub(crate) fn resolved(
    report: Option<&Report>,
    parameters: &Map<String, Json>,
    ledger: &Ledger,
) -> Map<String, Json> {
    let known = parameters.iter().filter(|(_, value)| !value.is_null());
    let written = known.map(|(name, value)| {
        let is_plain = report.and_then(|report| report.parameter(name)).is_some_and(is_plain);
        (name.clone(), if is_plain { value.clone() } else { hashed(value, ledger) })
    });
    written.collect()
}

fn is_plain(parameter: &Parameter) -> bool {
    use ParameterKind::{Boolean, Choice, Date, Decimal, Integer};
    matches!(parameter.kind, Date | Integer | Decimal | Boolean | Choice)
}

fn hashed(value: &Json, ledger: &Ledger) -> Json {
    match value {
        Json::Array(values) => values.iter().map(|value| hashed(value, ledger)).collect(),
        Json::String(text) => Json::from(ledger.hashed(text)),
        other => Json::from(ledger.hashed(&other.to_string())),
    }
}
