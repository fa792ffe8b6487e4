//! Schedules held against the reports there are: what a run would trip over, told before.

use super::entry::{ForEach, Schedule, folder_name};
use super::file::choose;
use super::period::Period;
use crate::failure::Problem;
use crate::ledger::ReasonRule;
use crate::report::{Library, ParameterKind, Report, problems_without_database};
use std::collections::BTreeSet;

/// Everything wrong with schedules that shows without a database, with file, line and column.
pub(crate) fn problems(schedules: &[Schedule], library: &Library, reason: ReasonRule) -> Vec<Problem> {
    let mut problems = Vec::new();
    for schedule in schedules {
        if let Err(failure) = reason.check(schedule.reason.as_deref()) {
            let found = failure.problems.into_iter();
            problems.extend(found.map(|_| Problem {
                message: "has no reason, and one is required here".to_owned(),
                hint: Some("write reason = \"...\", for the ledger".to_owned()),
                at: Some(schedule.place.clone()),
            }));
        }
        match library.find(&schedule.report) {
            Ok(report) => problems.extend(of_report(schedule, report)),
            Err(failure) => problems
                .extend(failure.problems.into_iter().map(|problem| at(problem, &schedule.report_place))),
        }
    }
    problems
}

fn at(problem: Problem, place: &str) -> Problem {
    Problem { at: Some(place.to_owned()), ..problem }
}

fn of_report(schedule: &Schedule, report: &Report) -> Vec<Problem> {
    let mut problems: Vec<_> = schedule
        .params
        .iter()
        .filter(|given| report.parameter(&given.name).is_none())
        .map(|given| unknown(&given.name, &given.key_place, report))
        .collect();
    let values = match &schedule.for_each {
        None => vec![None],
        Some(for_each) => {
            let found = of_for_each(for_each, schedule, report);
            if !found.is_empty() {
                problems.extend(found);
                return problems;
            }
            let values = for_each.values.iter().flatten().map(|value| Some(value.as_str()));
            let values: Vec<_> = values.collect();
            // Choices that a query lists are right by themselves.
            if values.is_empty() {
                return problems;
            }
            values
        }
    };
    let someday = Period::around(schedule.cadence.length(), jiff::civil::date(2026, 1, 1));
    let mut told = BTreeSet::new();
    for value in values {
        let given = schedule.given(report, &someday, value);
        for problem in problems_without_database(report, &given) {
            let problem = placed(problem, schedule, report);
            if told.insert((problem.at.clone(), problem.message.clone())) {
                problems.push(problem);
            }
        }
    }
    problems
}

fn unknown(name: &str, place: &str, report: &Report) -> Problem {
    let names: Vec<_> = report.header.parameters.iter().map(|parameter| parameter.name.clone()).collect();
    Problem {
        message: format!("the report {} has no parameter {name:?}", report.name),
        hint: Some(choose(name, &names)),
        at: Some(place.to_owned()),
    }
}

fn of_for_each(for_each: &ForEach, schedule: &Schedule, report: &Report) -> Vec<Problem> {
    let told =
        |message: String, place: &str| vec![Problem { message, hint: None, at: Some(place.to_owned()) }];
    let Some(parameter) = report.parameter(&for_each.parameter) else {
        return vec![unknown(&for_each.parameter, &for_each.key_place, report)];
    };
    if schedule.params.iter().any(|given| given.name == for_each.parameter) {
        let message = format!("{} is given under params as well", for_each.parameter);
        return told(message, &for_each.key_place);
    }
    match &for_each.values {
        None if parameter.choices.is_empty()
            && parameter.choices_from.is_none()
            && parameter.values_from.is_none() =>
        {
            let message = format!("the report lists no values of {}: name them", parameter.name);
            told(message, &for_each.place)
        }
        None => Vec::new(),
        Some(values) => {
            let mut folders = BTreeSet::new();
            let twice = values.iter().find(|value| !folders.insert(folder_name(value)));
            twice.map_or_else(Vec::new, |value| {
                told(format!("{value:?} has the same folder as another value"), &for_each.place)
            })
        }
    }
}

/// A problem told of a flag, at its place in the file.
fn placed(problem: Problem, schedule: &Schedule, report: &Report) -> Problem {
    let flag = problem.at.clone().unwrap_or_default();
    let name = flag.trim_start_matches('-').replace('-', "_");
    let given = schedule.params.iter().find(|given| given.name == name);
    let for_each = schedule.for_each.as_ref().filter(|for_each| for_each.parameter == name);
    let place = given.map(|given| &given.place).or(for_each.map(|for_each| &for_each.place));
    let message = if name.is_empty() { problem.message } else { format!("{name} {}", problem.message) };
    let mut problem = Problem { message, ..problem };
    if report.parameter(&name).is_some_and(|parameter| parameter.kind == ParameterKind::Date) {
        let hint = problem.hint.take().unwrap_or_default();
        problem.hint = Some(format!("{hint}; or period-start, period-end"));
    }
    at(problem, place.unwrap_or(&schedule.place))
}
