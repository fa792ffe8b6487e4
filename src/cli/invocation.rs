//! From arguments to an invocation; reports get their flags from the head of their files.

use super::common::{Common, Output};
use super::help::with_examples;
use super::reports::Running;
use super::{Cli, EarlyArgs, report_call, wrong_use};
use crate::failure::Failure;
use crate::report::{Given, Library, Parameter, ParameterKind, Report, problems_without_database};
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Arg, Args, Command, CommandFactory, FromArgMatches};
use std::any::TypeId;
use std::ffi::OsString;
use std::path::PathBuf;

/// A parsed command line.
#[derive(Clone, Debug)]
pub(crate) struct Invocation {
    /// Verb and common flags.
    pub(crate) cli: Cli,
    /// For `report`: which, with what.
    pub(crate) report: Option<ReportCall>,
}

/// A report as called.
#[derive(Clone, Debug)]
pub(crate) struct ReportCall {
    /// Name of the report.
    pub(crate) name: String,
    /// What was given for its parameters.
    pub(crate) given: Given,
    /// How it is run.
    pub(crate) running: Running,
    /// Where the output goes.
    pub(crate) output: Output,
}

/// Why a command line was not taken.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Help or the version was asked for: no failure, but where a command lacks its words.
    Help(clap::Error),
    /// Wrong use, every problem at once.
    Failure(Failure),
}

impl Refusal {
    /// A refusal of the parser of these arguments.
    fn of(error: clap::Error, arguments: &[OsString], library: &Library) -> Self {
        match error.kind() {
            ErrorKind::DisplayVersion => Self::Help(error),
            ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                // The examples are looked for where somebody reads them alone.
                Self::Help(commands(library).try_get_matches_from(arguments).err().unwrap_or(error))
            }
            _ => Self::Failure(wrong_use::failure(&error, library)),
        }
    }
}

/// All commands and their flags, a command per report included.
fn plain_commands(library: &Library) -> Command {
    Cli::command().mut_subcommand("report", |command| {
        library.reports.iter().fold(command, |command, report| command.subcommand(report_command(report)))
    })
}

/// The same with what only help shows: the end of each, and the options of every command in one place.
pub(crate) fn commands(library: &Library) -> Command {
    let example = |words: &str| {
        let report = library.find(words.strip_prefix("report ")?).ok()?;
        Some(format!("harmrank {words} {}", report.header.example.as_ref()?))
    };
    let hidden = plain_commands(library).mut_args(|flag| flag.hide_short_help(true).hide_long_help(true));
    with_examples(hidden, "", &example)
}

/// Parses a command line.
pub(crate) fn parse(
    arguments: &[OsString],
    early: &EarlyArgs,
    library: &Library,
) -> Result<Invocation, Refusal> {
    let mut command = plain_commands(library);
    command.build();
    let Some(place) = early.report_at else {
        let refusal = |error| Refusal::of(error, arguments, library);
        let matches = command.try_get_matches_from_mut(arguments).map_err(refusal)?;
        return Ok(Invocation { cli: Cli::from_arg_matches(&matches).map_err(refusal)?, report: None });
    };
    let name = arguments[place].to_string_lossy().into_owned();
    let report = library.find(&name).map_err(Refusal::Failure)?;
    let of_report = command.find_subcommand("report").and_then(|report| report.find_subcommand(&name));
    let split = report_call::split(report, of_report.unwrap_or(&command), &arguments[place + 1..]);
    let program: Vec<_> = arguments[..=place].iter().cloned().chain(split.program.iter().cloned()).collect();
    let refusal = |error| Refusal::of(error, &program, library);
    let matches = command
        .try_get_matches_from_mut(&program)
        .map_err(|error| with(refusal(error), report, &split.given))?;
    let flags = matches.subcommand_matches("report").and_then(|report| report.subcommand_matches(&name));
    let flags = flags.unwrap_or(&matches);
    let running = Running::from_arg_matches(flags).map_err(refusal)?;
    let output = Output::from_arg_matches(flags).map_err(refusal)?;
    let report = Some(ReportCall { name, given: split.given, running, output });
    Ok(Invocation { cli: Cli::from_arg_matches(&matches).map_err(refusal)?, report })
}

/// A refusal of the parser beside the problems of the report's own flags, if it has any.
fn with(refusal: Refusal, report: &Report, given: &Given) -> Refusal {
    match refusal {
        Refusal::Failure(mut failure) => {
            failure.problems.extend(problems_without_database(report, given));
            Refusal::Failure(failure)
        }
        help @ Refusal::Help(_) => help,
    }
}

/// The flags among those of a report call that name a file or a folder, such as `--output`. None where the flags are wrong:
/// the call fails anyway.
pub(crate) fn flags_with_path(report: &Report, flags: &[String]) -> Vec<String> {
    let mut command = Common::augment_args(report_command(report)).no_binary_name(true);
    command.build();
    let arguments: Vec<_> = flags.iter().map(OsString::from).collect();
    let program = report_call::split(report, &command, &arguments).program;
    let Ok(matches) = command.clone().try_get_matches_from(program) else { return Vec::new() };
    let is_path = |flag: &&Arg| flag.get_value_parser().type_id() == TypeId::of::<PathBuf>();
    let is_given =
        |flag: &&Arg| matches.value_source(flag.get_id().as_str()) == Some(ValueSource::CommandLine);
    let given = command.get_arguments().filter(is_path).filter(is_given);
    given.filter_map(|flag| Some(format!("--{}", flag.get_long()?))).collect()
}

fn report_command(report: &Report) -> Command {
    let alternatives: Vec<_> = report.header.one_of.iter().flatten().collect();
    let parameters = report.header.parameters.iter();
    let flags =
        parameters.map(|parameter| parameter_flag(parameter, alternatives.contains(&&parameter.name)));
    let about = format!("{}: {}", report.header.title, report.header.summary);
    let command = Command::new(report.name.clone()).next_help_heading("Parameters").args(flags);
    Output::augment_args(Running::augment_args(command))
        .mut_arg("output", |output| {
            output.help(
                "File to write, complete or not at all, with a manifest beside it [default: standard output]",
            )
        })
        .about(about)
        .long_about(None)
        .after_help(report.header.statement.clone())
}

fn parameter_flag(parameter: &Parameter, is_alternative: bool) -> Arg {
    let mut facts = Vec::new();
    if let Some(default) = parameter.default_text() {
        facts.push(format!("[default: {default}]"));
    }
    if let Some(limits) = parameter.limits() {
        facts.push(format!("[{limits}]"));
    }
    if parameter.kind == ParameterKind::List {
        facts.push("[several: repeated, or parted by commas]".to_owned());
    }
    if parameter.is_required() && !is_alternative {
        facts.push("[required]".to_owned());
    }
    Arg::new(parameter.name.clone())
        .long(parameter.flag())
        .value_name(parameter.kind.word().to_uppercase())
        .help(format!("{} {}", parameter.help, facts.join(" ")).trim_end().to_owned())
}
