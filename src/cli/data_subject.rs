//! Flags of what is done for one person's sake: `forget`, `restrict`.

use super::Purpose;
use super::common::{ListForm, Output};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Flags of `forget`.
#[derive(Clone, Debug, Args)]
pub(crate) struct ForgetArgs {
    /// Any reference of the person; merged references go with it
    #[arg(long, value_name = "ID")]
    pub(crate) person: String,
    /// Reason, for the audit log; no names
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: String,
    /// Another folder of archived runs; may be repeated
    #[arg(long, value_name = "DIR")]
    pub(crate) archive: Vec<PathBuf>,
    /// Print what would be done, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Do not ask for the reference again; for scripts
    #[arg(long)]
    pub(crate) yes: bool,
    /// Form of the answer
    #[arg(long, value_name = "FORM", default_value = "table")]
    pub(crate) format: ListForm,
}

/// Flags of `restrict`.
#[derive(Clone, Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct RestrictArgs {
    /// Any reference of the person; merged references go with it
    #[arg(long, value_name = "ID", required = true)]
    pub(crate) person: Option<String>,
    /// Why; kept with the restriction; no names
    #[arg(long, value_name = "TEXT", required = true)]
    pub(crate) why: Option<String>,
    /// Lift the restriction
    #[arg(long)]
    pub(crate) lift: bool,
    /// What else to do.
    #[command(subcommand)]
    pub(crate) action: Option<RestrictAction>,
}

/// What to do with restrictions beside making and lifting one.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum RestrictAction {
    /// Who is restricted now
    List {
        /// Why, and for whom.
        #[command(flatten)]
        purpose: Purpose,
        /// Where the output goes.
        #[command(flatten)]
        output: Output,
    },
}

/// What `forget --help` says besides.
pub(crate) const FORGET_HELP: &str = "\
The person is removed from the data, the history, the rejected rows and the kept
runs. A keyed hash of each reference stays, so that no later load brings them
back. A crime stays, and that it had a victim; who it was does not. Kept files are
rewritten, or withdrawn where their format does not allow it, and the manifest
says so. What cannot be read or written stops it before anything is changed.
Stopped at any moment, it says what is done and what is left; the same command
completes it. On a terminal it asks for the reference again.";
