//! What the parser of the command line refuses, as a failure like every other.

use crate::failure::{Failure, Kind, Problem};
use crate::report::Library;
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error as _;

/// A refusal of the parser in the program's own words.
pub(super) fn failure(error: &Error, library: &Library) -> Failure {
    Failure::of(Kind::Usage, vec![problem(error, library)])
}

fn problem(error: &Error, library: &Library) -> Problem {
    let named = |kind| error.get(kind).map(words).unwrap_or_default();
    let full = named(ContextKind::InvalidArg);
    // The flag without the name of its value; what has no flag keeps its name.
    let argument =
        if full.starts_with('-') { full.split(' ').next().unwrap_or_default().to_owned() } else { full };
    let value = named(ContextKind::InvalidValue);
    let guess = guess(error);
    let help = format!("see `{} --help`", command(error));
    let (at, message, hint) = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = named(ContextKind::InvalidSubcommand);
            let is_report = library.reports.iter().any(|report| report.name == word);
            let hint = if is_report {
                format!("it is a report: harmrank report {word}")
            } else {
                format!("{guess}{help}")
            };
            (None, format!("no command {word:?}"), hint)
        }
        ErrorKind::UnknownArgument => (Some(argument), "no such option".to_owned(), format!("{guess}{help}")),
        ErrorKind::InvalidValue if value.is_empty() => (Some(argument), "has no value".to_owned(), help),
        ErrorKind::InvalidValue => {
            let choices = named(ContextKind::ValidValue);
            (Some(argument), format!("{value:?} is not possible"), format!("{guess}possible: {choices}"))
        }
        ErrorKind::ValueValidation => {
            let reason = error.source().map_or(help, |source| {
                let is_number = source.is::<std::num::ParseIntError>();
                if is_number { "write a whole number".to_owned() } else { source.to_string() }
            });
            (Some(argument), format!("{value:?} is not possible"), reason)
        }
        ErrorKind::MissingRequiredArgument => (None, format!("{argument} is missing"), help),
        ErrorKind::MissingSubcommand => (None, "no command is given".to_owned(), help),
        ErrorKind::ArgumentConflict => {
            let prior = named(ContextKind::PriorArg);
            let message = if prior == argument || prior.is_empty() {
                "is given more than once".to_owned()
            } else {
                format!("cannot be used together with {prior}")
            };
            (Some(argument), message, help)
        }
        _ => {
            let text = error.to_string();
            let line = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
            (None, line, help)
        }
    };
    Problem { message, hint: Some(hint), at }
}

/// The command that was parsed, as far as its words go.
fn command(error: &Error) -> String {
    let usage = error.get(ContextKind::Usage).map(ToString::to_string).unwrap_or_default();
    let usage = usage.lines().next().unwrap_or_default().trim_start_matches("Usage:").trim().to_owned();
    let is_word = |word: &&str| word.starts_with(|letter: char| letter.is_ascii_lowercase());
    let words: Vec<_> = usage.split_whitespace().take_while(is_word).collect();
    if words.is_empty() { "harmrank".to_owned() } else { words.join(" ") }
}

/// `did you mean ...? ` where the parser found something like it.
fn guess(error: &Error) -> String {
    let kinds = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let near = kinds.iter().find_map(|kind| error.get(*kind)).map(|near| match near {
        // The likeliest is the last.
        ContextValue::Strings(near) => near.last().cloned().unwrap_or_default(),
        near => words(near),
    });
    near.filter(|near| !near.is_empty()).map(|near| format!("did you mean {near}? ")).unwrap_or_default()
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(texts) => texts.join(", "),
        value => value.to_string(),
    }
}
