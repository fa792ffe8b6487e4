//! The flags of a report, told apart from those of the program: clap stops at the first flag it does not know,
//! and a user wants to hear of all at once.

use crate::failure::Problem;
use crate::report::{Given, Parameter, ParameterKind, Report, what_is_right};
use crate::suggest::did_you_mean;
use clap::{ArgAction, Command};
use std::ffi::OsString;

/// What stood after the name of a report.
pub(super) struct Split {
    /// Flags of the program with their values, for clap.
    pub(super) program: Vec<OsString>,
    /// Values of parameters, and what is neither.
    pub(super) given: Given,
}

/// Tells the flags of a report from those of the program.
pub(super) fn split(report: &Report, command: &Command, arguments: &[OsString]) -> Split {
    let mut split = Split { program: Vec::new(), given: Given::default() };
    let mut rest = arguments.iter().peekable();
    while let Some(argument) = rest.next() {
        let text = argument.to_string_lossy();
        let (flag, attached) = match text.split_once('=') {
            Some((flag, value)) if text.starts_with("--") => (flag.to_owned(), Some(value.to_owned())),
            _ => (text.clone().into_owned(), None),
        };
        if let Some(parameter) = parameter_of(report, &flag) {
            let value = attached.or_else(|| {
                let next = rest.peek().map(|next| next.to_string_lossy().into_owned());
                next.filter(|next| is_value_for(parameter, next)).inspect(|_| {
                    rest.next();
                })
            });
            split.give(parameter, value);
        } else if let Some(takes_value) = program_flag(command, &flag) {
            split.program.push(argument.clone());
            if takes_value && attached.is_none() && !is_joined_short(&text) {
                split.program.extend(rest.next().cloned());
            }
        } else {
            // Its value is not told of beside it.
            if flag.starts_with('-') && attached.is_none() {
                rest.next_if(|next| !next.to_string_lossy().starts_with('-'));
            }
            split.given.problems.push(unknown(report, command, &flag));
        }
    }
    split
}

impl Split {
    fn give(&mut self, parameter: &Parameter, value: Option<String>) {
        let is_boolean = parameter.kind == ParameterKind::Boolean;
        match value.or_else(|| is_boolean.then(|| "true".to_owned())) {
            Some(value) => self.given.values.entry(parameter.name.clone()).or_default().push(value),
            None => self.given.problems.push(Problem {
                message: "has no value".to_owned(),
                hint: Some(what_is_right(parameter)),
                at: Some(format!("--{}", parameter.flag())),
            }),
        }
    }
}

/// The parameter of a flag, also where it is written with underscores.
fn parameter_of<'a>(report: &'a Report, flag: &str) -> Option<&'a Parameter> {
    let name = flag.strip_prefix("--")?.replace('-', "_");
    report.parameter(&name)
}

/// A value may begin with a hyphen (`-7d`, `-1`), but is no other flag; after a boolean stands one only if it is one.
fn is_value_for(parameter: &Parameter, text: &str) -> bool {
    if parameter.kind == ParameterKind::Boolean {
        return ["true", "false", "yes", "no"].contains(&text);
    }
    let is_short_flag = text.len() == 2 && text.starts_with('-') && text.ends_with(char::is_alphabetic);
    !text.starts_with("--") && !is_short_flag
}

/// `-oFILE`: the value is in the same word.
fn is_joined_short(text: &str) -> bool {
    !text.starts_with("--") && text.len() > 2
}

/// Whether a flag of the program takes a value; nothing where it is none.
fn program_flag(command: &Command, flag: &str) -> Option<bool> {
    let short =
        flag.strip_prefix('-').filter(|_| !flag.starts_with("--")).and_then(|word| word.chars().next());
    let long = flag.strip_prefix("--");
    if long == Some("help") || short == Some('h') {
        return Some(false);
    }
    let found = command.get_arguments().find(|argument| {
        long.is_some_and(|long| argument.get_long() == Some(long))
            || short.is_some_and(|short| argument.get_short() == Some(short))
    })?;
    Some(matches!(found.get_action(), ArgAction::Set | ArgAction::Append) && needs_value(found))
}

/// Flags whose value may be left out take it after `=` alone.
fn needs_value(argument: &clap::Arg) -> bool {
    argument.get_num_args().is_none_or(|range| range.min_values() > 0)
}

fn unknown(report: &Report, command: &Command, flag: &str) -> Problem {
    let own: Vec<_> =
        report.header.parameters.iter().map(|parameter| format!("--{}", parameter.flag())).collect();
    let programs = command.get_arguments().filter_map(|argument| Some(format!("--{}", argument.get_long()?)));
    let all: Vec<_> = own.iter().cloned().chain(programs).collect();
    let guess = did_you_mean(flag, &all);
    let list = if own.is_empty() { "it takes none".to_owned() } else { own.join(", ") };
    Problem {
        message: format!("no parameter of the report {}", report.name),
        hint: Some(format!("{guess}parameters: {list}")),
        at: Some(flag.to_owned()),
    }
}
