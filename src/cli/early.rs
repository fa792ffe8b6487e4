//! What has to be known of a command line before it can be parsed: the flags of a report are in its file, which other
//! flags name.

use super::Cli;
use clap::CommandFactory;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// The part of a command line that is read first. Nothing here is wrong yet: clap says so later.
#[derive(Clone, Debug)]
pub(crate) struct EarlyArgs {
    /// The database, as given or as the environment has it.
    pub(crate) database: Option<PathBuf>,
    /// The folder of the user's own reports, as given or as the environment has it.
    pub(crate) reports: Option<PathBuf>,
    /// True where failures are to be written as JSON.
    pub(crate) wants_json: bool,
    /// True for `reports new`.
    pub(crate) is_new_report: bool,
    /// For `report NAME`, the place of the name.
    pub(super) report_at: Option<usize>,
}

impl EarlyArgs {
    pub(crate) fn read(arguments: &[OsString]) -> Self {
        let path = |flag: &str, variable: &str| {
            let variable = std::env::var_os(variable).filter(|value| !value.is_empty());
            value_of(arguments, flag).or(variable).map(PathBuf::from)
        };
        let mut words = words(arguments);
        let (verb, next) = (words.next(), words.next());
        let is = |place: Option<usize>, word: &str| place.is_some_and(|place| arguments[place] == word);
        Self {
            database: path("--db", "HARMRANK_DB"),
            reports: path("--reports", "HARMRANK_REPORTS"),
            wants_json: arguments.windows(2).any(|pair| pair[0] == "--errors" && pair[1] == "json")
                || arguments.iter().any(|argument| argument == "--errors=json"),
            is_new_report: is(verb, "reports") && is(next, "new"),
            report_at: next.filter(|_| is(verb, "report")),
        }
    }
}

fn value_of(arguments: &[OsString], flag: &str) -> Option<OsString> {
    let joined = format!("{flag}=");
    arguments.iter().enumerate().find_map(|(place, argument)| {
        if argument == flag {
            return arguments.get(place + 1).cloned();
        }
        argument.to_str()?.strip_prefix(&joined).map(OsString::from)
    })
}

/// Places of what is neither a flag nor the value of a flag that every verb takes.
fn words(arguments: &[OsString]) -> impl Iterator<Item = usize> + '_ {
    let command = Cli::command();
    let takes_value = move |flag: &OsStr| {
        flag.to_str().and_then(|flag| flag.strip_prefix("--")).is_some_and(|flag| {
            command
                .get_arguments()
                .any(|argument| argument.get_long() == Some(flag) && argument.get_action().takes_values())
        })
    };
    let is_flag = |argument: &OsStr| argument.as_encoded_bytes().starts_with(b"-");
    (1..arguments.len())
        .filter(move |place| !is_flag(&arguments[*place]) && !takes_value(&arguments[place - 1]))
}
