//! Verbs and flags. Parsing does nothing; reports get their flags from the head of their files.

mod common;
mod data_subject;
mod early;
mod help;
mod invocation;
mod ledger;
mod load;
mod report_call;
mod reports;
mod runs;
mod schedule;
mod sql;
mod wrong_use;

pub(crate) use common::{Common, ErrorForm, ListForm, Output, bytes_of};
pub(crate) use data_subject::{ForgetArgs, RestrictAction, RestrictArgs};
pub(crate) use early::EarlyArgs;
pub(crate) use invocation::{Invocation, Refusal, ReportCall, commands, flags_with_path, parse};
pub(crate) use ledger::{LedgerAction, LedgerShow, Purpose, WhoSaw};
pub(crate) use load::{AdapterAction, LoadArgs, LoadsAction};
pub(crate) use reports::{ReportForm, ReportsAction, Running};
pub(crate) use runs::RunsAction;
pub(crate) use schedule::{ScheduleAction, ScheduleRun, UnitForm};
pub(crate) use sql::{Client, SqlArgs};

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Ranks people by the harm of the crimes they have been reported for.
#[derive(Clone, Debug, Parser)]
#[command(name = "harmrank", version, disable_help_subcommand = true, subcommand_required = true)]
#[command(after_help = "`harmrank help` lists the topics of the manual. Try `harmrank demo` first.")]
pub(crate) struct Cli {
    /// Flags that every verb takes.
    #[command(flatten)]
    pub(crate) common: Common,
    /// What to do.
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// What to do.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Verb {
    /// Make a synthetic force and print its first list
    Demo(DemoArgs),
    /// Create a database
    Init,
    /// Load an extract
    Load(Box<LoadArgs>),
    /// List loads, show their summaries, or undo them
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Loads {
        /// Those of `load --protected`
        #[arg(long, global = true)]
        protected: bool,
        /// Why, and for whom.
        #[command(flatten)]
        purpose: Purpose,
        /// What to do.
        #[command(subcommand)]
        action: LoadsAction,
    },
    /// Draft an adapter for files of another shape, or show the adapters there are
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Adapter {
        /// What to do.
        #[command(subcommand)]
        action: AdapterAction,
    },
    /// Update the SQL in a database to this program's version; the data stay
    Upgrade,
    /// Run a report; each has its own --help
    #[command(subcommand_required = true, arg_required_else_help = true, disable_help_subcommand = true)]
    Report,
    /// Query the database in SQL, or open the read-only shell
    #[command(after_help = sql::HELP)]
    Sql(Box<SqlArgs>),
    /// List, show, check or start reports
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Reports {
        /// What to show.
        #[command(subcommand)]
        action: ReportsAction,
    },
    /// List kept runs, verify and compare them
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Runs {
        /// Folder of kept runs [default: archive in harmrank.toml, else harmrank-runs beside the database]
        #[arg(long, global = true, value_name = "DIR")]
        archive: Option<PathBuf>,
        /// Why, and for whom.
        #[command(flatten)]
        purpose: Purpose,
        /// What to do.
        #[command(subcommand)]
        action: RunsAction,
    },
    /// Erase a person: from the data, the history, the kept runs, and from later loads
    #[command(after_help = data_subject::FORGET_HELP)]
    Forget(ForgetArgs),
    /// Keep a person's record as evidence, and exclude it from all lists
    Restrict(RestrictArgs),
    /// Show the audit log, and check that it has not been altered
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Ledger {
        /// What to do.
        #[command(subcommand)]
        action: LedgerAction,
    },
    /// Make lists on a schedule: daily, weekly or monthly
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Schedule {
        /// The schedules [default: file in harmrank.toml, else schedules.toml beside the database]
        #[arg(long, global = true, value_name = "FILE")]
        file: Option<PathBuf>,
        /// What to do.
        #[command(subcommand)]
        action: ScheduleAction,
    },
    /// Read the manual: the list of its topics, one topic, or the help of a command
    Help {
        /// A topic, or the words of a command
        #[arg(value_name = "TOPIC")]
        words: Vec<String>,
    },
    /// Write man pages of all commands and topics into a folder
    Man {
        /// Folder, which is made where there is none
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Print what a shell needs to complete commands and flags
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Flags of `demo`.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct DemoArgs {
    /// People in the pool of the last 365 days
    #[arg(long, value_name = "N", default_value_t = 36_000, value_parser = clap::value_parser!(u32).range(100..=2_000_000))]
    pub(crate) suspects: u32,
    /// Years of crimes
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=10))]
    pub(crate) years: u32,
    /// Another seed makes another force
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::RESERVED;
    use clap::CommandFactory;

    #[test]
    fn every_flag_of_the_program_is_reserved() {
        let mut command = Running::augment_args(Output::augment_args(Cli::command()));
        command.build();
        let flags = command.get_arguments().filter_map(|argument| argument.get_long());
        let flags: Vec<_> = flags.chain(["help"]).map(|flag| flag.replace('-', "_")).collect();
        assert!(flags.len() > 10, "{flags:?}");
        for flag in flags {
            assert!(RESERVED.contains(&flag.as_str()), "a report could take --{flag} for a parameter");
        }
    }
}
